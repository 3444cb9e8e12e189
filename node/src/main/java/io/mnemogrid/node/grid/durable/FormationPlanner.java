package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.grid.durable.FormationPlan.Row;
import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides from whose files a cluster goes on that has stopped as a whole.
 *
 * <p>Of each partition it takes the copy with the newest stamp. That one holds every write that was
 * answered, if enough members vouch for the partition. For a write is answered when the owner and
 * all backups have logged it, at least {@code minReplicas} of them, so of {@code clusterSize -
 * minReplicas + 1} members one has it; and a later write is stamped later, by an owner that had all
 * earlier ones, so the newest copy has them too. A copy that was still being brought over, or is
 * damaged, does not vouch: its node may have been one of those that a write was answered by.
 *
 * <p>When every member is there and still too few vouch, nobody is left to wait for. Then the
 * newest copy counts if nothing shows that there ever was a newer one, and not as many disks are
 * gone as a write is on.
 */
public final class FormationPlanner {
  private static final int MOST_REPLICAS = 7;
  private static final int NAMED_IN_A_REASON = 8;

  private final List<Inventory> here;
  private final FormationTerms terms;
  private final Map<UUID, Integer> owned = new HashMap<>();
  private final Map<String, List<Integer>> reasons = new TreeMap<>();

  private FormationPlanner(Collection<Inventory> here, FormationTerms terms) {
    this.here = here.stream().sorted(Comparator.comparing(Inventory::member)).toList();
    this.terms = terms;
  }

  /**
   * @param partitions of the cluster
   * @param here what the members that are here have found
   */
  public static Formation of(int partitions, Collection<Inventory> here, FormationTerms terms) {
    return new FormationPlanner(here, terms).form(partitions);
  }

  private Formation form(int partitions) {
    boolean isNew = here.stream().allMatch(Inventory::isBlank);
    if (isNew && here.size() < leastOfANewCluster()) {
      return new Formation.Waiting(
          List.of(
              "%d of %d nodes are here, none of them with files, which the others may have: a new cluster begins when all are here, or with %d where data.acceptLoss is true"
                  .formatted(here.size(), terms.clusterSize(), leastWithoutAll())));
    }
    Map<Long, Long> clusters = clusters();
    if (clusters.size() > 1) {
      return new Formation.Waiting(
          List.of(
              "the files that are here are of several clusters (%s): start a node whose files are of another one with an empty data.dir"
                  .formatted(
                      clusters.entrySet().stream()
                          .map(each -> "%016x at %d".formatted(each.getKey(), each.getValue()))
                          .collect(Collectors.joining(", ")))));
    }
    List<String> otherShapes = terms.acceptLoss() ? List.of() : otherShapes();
    if (!otherShapes.isEmpty()) {
      return new Formation.Waiting(otherShapes);
    }
    List<Row> rows = new ArrayList<>(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      rows.add(isNew ? row(List.of(), Map.of(), Stamp.NONE) : row(partition));
    }
    return reasons.isEmpty()
        ? new Formation.Formed(
            new FormationPlan(
                clusters.keySet().stream().findFirst().orElseGet(FormationPlanner::draw),
                newestIncarnation() + 1,
                here.stream().map(Inventory::member).toList(),
                rows))
        : new Formation.Waiting(
            reasons.entrySet().stream()
                .map(reason -> told(reason.getKey(), reason.getValue()))
                .toList());
  }

  /** Which clusters there are files of, and at how many members each. */
  private Map<Long, Long> clusters() {
    return here.stream()
        .flatMap(inventory -> Optional.ofNullable(inventory.shape()).stream())
        .collect(Collectors.groupingBy(ClusterShape::cluster, TreeMap::new, Collectors.counting()));
  }

  private static long draw() {
    return UUID.randomUUID().getMostSignificantBits();
  }

  /** Whether there was ever anything, only all of them know: some may have lost their disks. */
  private int leastOfANewCluster() {
    return terms.acceptLoss()
        ? leastWithoutAll()
        : Math.max(terms.clusterSize(), leastWithoutAll());
  }

  /** So that writes can be answered, and no other nodes can begin another one beside it. */
  private int leastWithoutAll() {
    return Math.max(terms.quorum(), terms.minReplicas());
  }

  /** How many copies tell all depends on what the cluster was set to when they were written. */
  private List<String> otherShapes() {
    return here.stream()
        .map(Inventory::shape)
        .filter(shape -> shape != null && !terms.fit(shape))
        .distinct()
        .map(shape ->
            "there are files of a cluster of %d nodes with cluster.minReplicas %d, and now it is set to %d nodes and %d: set that back, and change it on one node after the other while the others run"
                .formatted(
                    shape.members(), shape.minReplicas(), terms.clusterSize(), terms.minReplicas()))
        .toList();
  }

  private int newestIncarnation() {
    return here.stream().mapToInt(Inventory::newestIncarnation).max().orElse(0);
  }

  private Row row(int partition) {
    Optional<StoredCopy> newest =
        copies(partition)
            .filter(copy -> terms.acceptLoss() || isSound(copy))
            .max(Comparator.comparing(StoredCopy::last));
    if (!terms.acceptLoss()) {
      findReasonsToWait(partition, newest.orElse(null));
    }
    Stamp last = newest.map(StoredCopy::last).orElse(Stamp.NONE);
    List<UUID> holders = newest.isEmpty() ? List.of() : holders(partition, last);
    return row(holders, upToOneWrite(partition, last), last);
  }

  private Stream<StoredCopy> copies(int partition) {
    return here.stream()
        .flatMap(inventory -> Optional.ofNullable(inventory.copies().get(partition)).stream());
  }

  /** Whether all that is in it is right, and in its order. */
  private static boolean isSound(StoredCopy copy) {
    return copy.trust() == Trust.WHOLE || copy.trust() == Trust.UNSYNCED;
  }

  /** All those with the newest copy; the better ones, where not all are equally good. */
  private List<UUID> holders(int partition, Stamp last) {
    Trust best =
        copies(partition)
            .filter(copy -> copy.last().equals(last))
            .map(StoredCopy::trust)
            .min(Comparator.naturalOrder())
            .orElse(Trust.WHOLE);
    return here.stream()
        .filter(inventory -> {
          StoredCopy copy = inventory.copies().get(partition);
          return copy != null && copy.last().equals(last) && copy.trust() == best;
        })
        .map(Inventory::member)
        .toList();
  }

  /** Those that were replicas when the newest write was made, and have all that was answered. */
  private Map<UUID, Stamp> upToOneWrite(int partition, Stamp last) {
    Map<UUID, Stamp> near = new HashMap<>();
    for (Inventory inventory : here) {
      StoredCopy copy = inventory.copies().get(partition);
      if (copy != null
          && isSound(copy)
          && copy.last().incarnation() == last.incarnation()
          && copy.last().partitionVersion() == last.partitionVersion()) {
        near.put(inventory.member(), copy.last());
      }
    }
    return near;
  }

  private void findReasonsToWait(int partition, @Nullable StoredCopy newest) {
    long vouching = here.stream().filter(inventory -> inventory.vouchesFor(partition)).count();
    if (vouching >= terms.quorum()) {
      return;
    }
    if (here.size() < terms.clusterSize()) {
      wait(
          partition,
          "may have writes that only nodes have which are not here: %d of %d nodes are here, %d of them with files that can be relied on, and %d must be"
              .formatted(here.size(), terms.clusterSize(), vouching, terms.quorum()));
      return;
    }
    Stamp ever =
        copies(partition).map(StoredCopy::last).max(Comparator.naturalOrder()).orElse(Stamp.NONE);
    boolean mayHaveBeenNewer =
        areDisksOfAllCopiesGone()
            || ever.isAfter(newest == null ? Stamp.NONE : newest.last())
            || here.stream().anyMatch(inventory -> inventory.mayMiss(partition))
            || isOneCopyDoubtedAndAnotherLost(partition);
    if (mayHaveBeenNewer) {
      String why =
          Stream.concat(
                  copies(partition).map(StoredCopy::why),
                  here.stream()
                      .filter(inventory -> inventory.mayMiss(partition))
                      .map(Inventory::damage))
              .filter(each -> !each.isEmpty())
              .findFirst()
              .orElse("its newest writes were on a disk that is gone");
      wait(
          partition,
          "cannot be brought back as it was (%s) and no other node has it; data.acceptLoss: true starts with what is left"
              .formatted(why));
    }
  }

  /** So many are without files that a write may have been on these disks alone. */
  private boolean areDisksOfAllCopiesGone() {
    return here.stream().filter(Inventory::isBlank).count() >= terms.copies();
  }

  /** What files that were set aside had was on a second disk: on one that is gone, maybe. */
  private boolean isOneCopyDoubtedAndAnotherLost(int partition) {
    return here.stream().anyMatch(inventory -> inventory.doubts(partition))
        && here.stream().anyMatch(Inventory::mayHaveLostItsFiles);
  }

  private void wait(int partition, String reason) {
    reasons.computeIfAbsent(reason, any -> new ArrayList<>()).add(partition);
  }

  private static String told(String reason, List<Integer> partitions) {
    String first =
        partitions.stream()
            .limit(NAMED_IN_A_REASON)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    int more = partitions.size() - NAMED_IN_A_REASON;
    return (partitions.size() == 1 ? "partition " : "partitions ")
        + first
        + (more > 0 ? " and %d more ".formatted(more) : " ")
        + reason;
  }

  /**
   * The holders first, the one that owns least as owner; then those who lack least, as one of them
   * is to go on should the holders be lost before others have it; then the rest, evenly.
   */
  private Row row(List<UUID> holders, Map<UUID, Stamp> near, Stamp last) {
    Comparator<UUID> leastOwned =
        Comparator.<UUID>comparingInt(member -> owned.getOrDefault(member, 0))
            .thenComparing(Comparator.naturalOrder());
    List<UUID> replicas = new ArrayList<>(holders.stream().sorted(leastOwned).toList());
    here.stream()
        .map(Inventory::member)
        .filter(member -> !holders.contains(member))
        .sorted(
            Comparator.<UUID, Stamp>comparing(
                    member -> near.getOrDefault(member, Stamp.NONE), Comparator.reverseOrder())
                .thenComparing(leastOwned))
        .forEach(replicas::add);
    List<UUID> most = replicas.subList(0, Math.min(MOST_REPLICAS, replicas.size()));
    owned.merge(most.getFirst(), 1, Integer::sum);
    List<UUID> kept =
        holders.stream()
            .filter(most.subList(0, Math.min(terms.backupCount() + 1, most.size()))::contains)
            .toList();
    return new Row(most, kept, last);
  }
}
