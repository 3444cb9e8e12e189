package io.mnemogrid.node.grid.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.restart.RestartReport.Absences;
import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
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

  private static final class Node {
    final UUID id;
    boolean isBlank = true;
    boolean isUp;
    boolean isDamaged;
    @Nullable DiskCopy copy;

    Node(UUID id) {
      this.id = id;
    }

    Inventory inventory() {
      DiskCopy found = copy;
      return new Inventory(
          id,
          null,
          isBlank,
          found == null
              ? Map.of()
              : Map.of(
                  0,
                  new StoredCopy(
                      0, found.last, found.isWhole ? Trust.WHOLE : Trust.PARTIAL, "on its way")),
          new Absences(Map.of(), isDamaged ? Trust.DOUBTFUL : Trust.WHOLE),
          "");
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
      nodes.add(new Node(new UUID(random.nextLong(), i)));
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
    form();
    if (nodes.stream().noneMatch(node -> node.isDamaged)) {
      assertThat(lives).as("all are there, and no disk was lost; seed %d", seed).isTrue();
    }
  }

  private void live() {
    int dice = random.nextInt(40);
    if (dice < 24) {
      write();
    } else if (dice < 30) {
      kill(nodes.get(random.nextInt(nodes.size())));
    } else if (dice < 34) {
      joinAsStranger();
    } else if (dice < 39) {
      bringTheWhole();
    } else {
      everybodyStops();
      damage(nodes.get(random.nextInt(nodes.size())));
    }
  }

  private void damage(Node node) {
    if (!node.isBlank && random.nextInt(3) == 0) {
      node.copy = null;
      node.isDamaged = true;
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
      DiskCopy copy = copyOf(replica);
      copy.isWhole |= replica == replicas.getFirst();
      copy.writes.add(write);
      copy.last = stamp;
    }
    if (!isCut) {
      answered.add(write);
    }
  }

  private static DiskCopy copyOf(Node node) {
    DiskCopy copy = node.copy;
    if (copy == null) {
      copy = new DiskCopy();
      node.copy = copy;
    }
    return copy;
  }

  private void kill(Node node) {
    node.isUp = false;
    boolean wasOwner = !replicas.isEmpty() && replicas.getFirst() == node;
    DiskCopy next = replicas.size() > 1 ? replicas.get(1).copy : null;
    if (wasOwner && next != null && !next.isWhole || replicas.equals(List.of(node))) {
      everybodyStops(); // a partition that the living cluster itself has lost is not the disks'
      // matter
      return;
    }
    if (replicas.remove(node)) {
      version++;
      addReplica();
    }
    lives = nodes.stream().anyMatch(each -> each.isUp);
  }

  /** Somebody else is to be a backup, and has nothing yet. */
  private void addReplica() {
    nodes.stream()
        .filter(node -> node.isUp && !replicas.contains(node))
        .findAny()
        .filter(node -> replicas.size() <= terms.backupCount())
        .ifPresent(node -> {
          node.copy = null;
          copyOf(node);
          replicas.add(node);
          version++;
        });
  }

  private void joinAsStranger() {
    nodes.stream()
        .filter(node -> !node.isUp)
        .findAny()
        .ifPresent(node -> {
          node.isUp = true;
          node.isBlank = false;
          node.isDamaged = false; // its files were set aside
          node.copy = null;
          addReplica();
        });
  }

  private void bringTheWhole() {
    for (Node replica : replicas.subList(Math.min(1, replicas.size()), replicas.size())) {
      DiskCopy copy = copyOf(replica);
      DiskCopy owned = copyOf(replicas.getFirst());
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
      form();
    }
  }

  private void form() {
    List<Inventory> here = nodes.stream().filter(node -> node.isUp).map(Node::inventory).toList();
    if (!(FormationPlanner.of(1, here, terms) instanceof Formation.Formed(FormationPlan plan))) {
      return;
    }
    formations++;
    lives = true;
    assertThat(plan.incarnation()).isGreaterThan(formations == 1 ? 0 : incarnationOf(here));
    incarnation = plan.incarnation();
    version = FormationPlan.FIRST_VERSION;
    FormationPlan.Row row = plan.partitions().getFirst();
    Map<UUID, Node> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.id, node));
    for (UUID id :
        row.replicas().subList(0, Math.min(terms.backupCount() + 1, row.replicas().size()))) {
      replicas.add(byId.get(id));
    }
    for (Node node : nodes) {
      if (node.isUp) {
        node.isBlank = false;
        node.isDamaged = false; // it has a new log
        takePart(node, plan, row);
      }
    }
    Set<Integer> there = copyOf(replicas.getFirst()).writes;
    assertThat(there)
        .as("%s", new TreeMap<>(Map.of("answered", answered.size())))
        .containsAll(answered);
  }

  private static int incarnationOf(List<Inventory> here) {
    return here.stream()
        .flatMap(inventory -> inventory.copies().values().stream())
        .mapToInt(copy -> copy.last().incarnation())
        .max()
        .orElse(0);
  }

  private void takePart(Node node, FormationPlan plan, FormationPlan.Row row) {
    DiskCopy copy = node.copy;
    if (row.holders().contains(node.id) && copy != null) {
      copy.last = plan.stamp(0);
      copy.isWhole = true;
    } else if (replicas.contains(node)) {
      node.copy = null;
      copyOf(node).isWhole = row.isEmpty();
    } else if (random.nextBoolean()) {
      node.copy = null; // sooner or later
    }
  }
}
