package io.mnemogrid.node.grid.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.restart.RestartReport.Absences;
import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One partition of a cluster whose members are killed, come back, are given copies and lose them,
 * and which is formed anew whenever all have stopped, some of their files damaged beyond
 * recognition: what was answered is there, or it waits.
 */
class FormationModelFuzzTest {
  private static final int STEPS = 250;

  static LongStream seeds() {
    return LongStream.range(0, 2_000);
  }

  /** What a member's disk holds of the partition. */
  private static final class DiskCopy {
    Stamp last = Stamp.NONE;
    boolean isWhole;
    final Set<Integer> writes = new HashSet<>();
  }

  /** What becomes of a member's copy with the next that it logs. */
  private enum Next {
    BEGINS_ANEW,
    IS_ALL_THERE_IS,
    GOES_ON
  }

  private static final class Node {
    final UUID id;
    final ClusterShape shape;
    Next next = Next.BEGINS_ANEW;
    boolean isBlank = true;
    boolean isUp;
    boolean isDamaged;
    int agreed;

    /** What its files held, or may have held, may not be with enough others yet. */
    boolean isNewcomer;

    @Nullable DiskCopy copy;

    Node(UUID id, ClusterShape shape) {
      this.id = id;
      this.shape = shape;
    }

    Inventory inventory() {
      DiskCopy found = copy;
      return new Inventory(
          id,
          isBlank ? null : shape,
          isBlank,
          found == null && !isNewcomer
              ? Map.of()
              : Map.of(
                  0,
                  new StoredCopy(
                      0,
                      found == null ? Stamp.NONE : found.last,
                      found != null && found.isWhole ? Trust.WHOLE : Trust.PARTIAL,
                      "on its way")),
          new Absences(Map.of(), isDamaged ? Trust.DOUBTFUL : Trust.WHOLE),
          "",
          agreed);
    }

    boolean isSound() {
      return next == Next.IS_ALL_THERE_IS
          || next == Next.GOES_ON && Objects.requireNonNull(copy).isWhole;
    }

    DiskCopy logs() {
      DiskCopy logged = copy;
      if (next != Next.GOES_ON || logged == null) {
        logged = new DiskCopy();
        logged.isWhole = next == Next.IS_ALL_THERE_IS;
        copy = logged;
        next = Next.GOES_ON;
      }
      return logged;
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private final List<Node> replicas = new ArrayList<>();
  private final Set<Integer> answered = new HashSet<>();
  private SplittableRandom random = new SplittableRandom();
  private FormationTerms terms = new FormationTerms(1, 1, 0, false);
  private boolean lives;
  private int incarnation;
  private int version;
  private int writes;
  private int formations;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatWasAnsweredIsThereOrTheClusterWaits(long seed) {
    random = new SplittableRandom(seed);
    int size = 1 + random.nextInt(5);
    int backups = random.nextInt(Math.min(3, size));
    terms = new FormationTerms(size, 1 + random.nextInt(backups + 1), backups, false);
    for (int i = 0; i < size; i++) {
      ClusterShape shape = new ClusterShape(7, 1, size, terms.minReplicas());
      nodes.add(new Node(new UUID(random.nextLong(), i), shape));
    }
    for (int step = 0; step < STEPS; step++) {
      if (lives) {
        live();
      } else {
        start();
      }
    }
    everybodyStops();
    nodes.forEach(node -> node.isUp = true);
    form(false);
    if (nodes.stream().noneMatch(node -> node.isDamaged || node.isBlank)) {
      assertThat(lives).as("all are there, and no disk was lost; seed %d", seed).isTrue();
    }
  }

  private void live() {
    int dice = random.nextInt(48);
    if (dice < 24) {
      write();
    } else if (dice < 30) {
      kill(nodes.get(random.nextInt(nodes.size())));
    } else if (dice < 34) {
      joinAsNewcomer();
    } else if (dice < 38) {
      addReplica();
    } else if (dice < 43) {
      bringTheWhole();
    } else if (dice < 47) {
      settle();
    } else {
      everybodyStops();
      damage(nodes.get(random.nextInt(nodes.size())));
    }
  }

  private void damage(Node node) {
    if (!node.isBlank && random.nextInt(3) == 0) {
      node.copy = null;
      node.isNewcomer = false;
      node.isDamaged = true;
      // One disk may be gone without a trace where no write was on one alone.
      boolean isFirst = nodes.stream().filter(each -> each.isDamaged).count() == 1;
      boolean isOnly = nodes.stream().noneMatch(each -> each.isBlank);
      node.isBlank = isFirst && isOnly && terms.minReplicas() > 1 && random.nextBoolean();
      node.agreed = node.isBlank ? 0 : node.agreed;
    }
  }

  /** The owner logs it first; all replicas must have for an answer, and enough of them. */
  private void write() {
    if (replicas.size() < terms.minReplicas()) {
      return;
    }
    int write = ++writes;
    Stamp stamp = new Stamp(incarnation, version, write);
    boolean isCut = random.nextInt(6) == 0;
    for (Node replica : replicas) {
      if (isCut && replica != replicas.getFirst() && random.nextBoolean()) {
        continue;
      }
      DiskCopy copy = replica.logs();
      copy.isWhole |= replica == replicas.getFirst();
      copy.writes.add(write);
      copy.last = stamp;
    }
    if (!isCut) {
      answered.add(write);
    }
  }

  private void kill(Node node) {
    node.isUp = false;
    boolean wasOwner = !replicas.isEmpty() && replicas.getFirst() == node;
    boolean isLost = wasOwner && (replicas.size() == 1 || !replicas.get(1).isSound());
    if (isLost) {
      everybodyStops(); // what the living cluster itself has lost is not the disks' matter
      return;
    }
    if (replicas.remove(node)) {
      version++;
    }
    lives = nodes.stream().anyMatch(each -> each.isUp);
  }

  /** Somebody else is to be a backup, and logs nothing before there is something to log. */
  private void addReplica() {
    any(node -> node.isUp && !replicas.contains(node))
        .filter(node -> replicas.size() <= terms.backupCount())
        .ifPresent(node -> {
          replicas.add(node);
          version++;
          node.next = Next.BEGINS_ANEW;
        });
  }

  private void joinAsNewcomer() {
    any(node -> !node.isUp)
        .ifPresent(node -> {
          node.isUp = true;
          node.isBlank = false;
          node.isDamaged = false; // its files were set aside
          node.isNewcomer = true;
          node.copy = null;
          node.next = Next.BEGINS_ANEW;
          node.agreed = incarnation;
        });
  }

  /** Once all replicas are there and whole, what others had or may have had is of no account. */
  private void settle() {
    long up = nodes.stream().filter(node -> node.isUp).count();
    if (replicas.size() == Math.min(up, terms.backupCount() + 1)
        && replicas.stream().allMatch(Node::isSound)) {
      nodes.stream()
          .filter(node -> node.isUp && !replicas.contains(node))
          .forEach(node -> {
            node.isNewcomer = false;
            node.copy = null;
          });
    }
  }

  private Optional<Node> any(Predicate<Node> which) {
    List<Node> fitting = nodes.stream().filter(which).toList();
    return fitting.isEmpty()
        ? Optional.empty()
        : Optional.of(fitting.get(random.nextInt(fitting.size())));
  }

  private void bringTheWhole() {
    for (Node replica : replicas.subList(Math.min(1, replicas.size()), replicas.size())) {
      DiskCopy copy = replica.logs();
      DiskCopy owned = replicas.getFirst().logs();
      copy.writes.addAll(owned.writes);
      copy.last = owned.last;
      copy.isWhole = true;
    }
  }

  private void everybodyStops() {
    nodes.forEach(node -> node.isUp = false);
    replicas.clear();
    lives = false;
  }

  private void start() {
    Node node = nodes.get(random.nextInt(nodes.size()));
    node.isUp = true;
    if (random.nextInt(3) == 0) {
      form(random.nextInt(3) == 0);
    }
  }

  private void form(boolean comesToNothing) {
    List<Inventory> here = nodes.stream().filter(node -> node.isUp).map(Node::inventory).toList();
    if (!(FormationPlanner.of(1, here, terms) instanceof Formation.Formed(FormationPlan plan))) {
      return;
    }
    formations++;
    assertThat(plan.incarnation()).isGreaterThan(formations == 1 ? 0 : incarnationOf(here));
    FormationPlan.Row row = plan.partitions().getFirst();
    if (comesToNothing) {
      someBegin(plan, row);
      everybodyStops();
      return;
    }
    lives = true;
    incarnation = plan.incarnation();
    version = FormationPlan.FIRST_VERSION;
    replicas.addAll(replicas(row));
    for (Node node : nodes) {
      if (node.isUp) {
        node.agreed = incarnation;
        begin(node, plan, row);
      }
    }
    DiskCopy owned = replicas.getFirst().copy;
    assertThat(row.isEmpty() || owned == null ? Set.of() : owned.writes)
        .as("%s", new TreeMap<>(Map.of("answered", answered.size())))
        .containsAll(answered);
  }

  private List<Node> replicas(FormationPlan.Row row) {
    return row.replicas().stream()
        .limit(terms.backupCount() + 1)
        .map(id -> nodes.stream().filter(node -> node.id.equals(id)).findFirst().orElseThrow())
        .toList();
  }

  /** Some note the plan; if they are enough, some of them begin, and log what nobody answers. */
  private void someBegin(FormationPlan plan, FormationPlan.Row row) {
    List<Node> noted = nodes.stream().filter(node -> node.isUp && random.nextInt(4) > 0).toList();
    noted.forEach(node -> node.agreed = plan.incarnation());
    if (!terms.areMet(plan, noted.stream().map(Node::inventory).toList())) {
      return;
    }
    List<Node> begun = noted.stream().filter(node -> random.nextInt(3) == 0).toList();
    begun.forEach(node -> begin(node, plan, row));
    if (begun.containsAll(replicas(row).subList(0, 1))) {
      int tableVersion = FormationPlan.FIRST_VERSION + random.nextInt(50);
      int write = ++writes;
      replicas(row).stream()
          .filter(begun::contains)
          .map(Node::logs)
          .forEach(copy -> {
            copy.writes.add(write);
            copy.last = new Stamp(plan.incarnation(), tableVersion, write);
          });
    }
  }

  private void begin(Node node, FormationPlan plan, FormationPlan.Row row) {
    boolean isReplica = replicas(row).contains(node);
    takePart(node, isReplica, plan, row);
    node.isBlank = false;
    node.isDamaged = false; // it has a new log
  }

  private static int incarnationOf(List<Inventory> here) {
    return here.stream()
        .flatMap(inventory -> inventory.copies().values().stream())
        .mapToInt(copy -> copy.last().incarnation())
        .max()
        .orElse(0);
  }

  private void takePart(Node node, boolean isReplica, FormationPlan plan, FormationPlan.Row row) {
    DiskCopy copy = node.copy;
    node.next = Next.BEGINS_ANEW;
    if (row.holders().contains(node.id) && copy != null) {
      copy.last = plan.stamp(0);
      copy.isWhole = true;
      node.next = Next.GOES_ON;
    } else if (row.isEmpty()) {
      node.copy = null;
      node.isNewcomer = false;
      node.next = isReplica ? Next.IS_ALL_THERE_IS : Next.BEGINS_ANEW;
    } else if (!node.inventory().vouchesFor(0)) {
      node.copy = null;
      node.isNewcomer = true;
    }
  }
}
