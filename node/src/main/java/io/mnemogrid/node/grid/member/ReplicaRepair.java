package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.PartitionReplica;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.internal.partition.impl.PartitionReplicaManager;
import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.thread.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Hazelcast bring this member the backups that it has not, or not wholly, until it has. By
 * itself Hazelcast forgets a request while a few others are under way, and looks for what is
 * missing every ten seconds, a part of it at a time: as long as that there would be one copy. And
 * it counts a backup as whole after any message, also one that this member has refused: only an
 * image that came to its end counts here.
 */
public final class ReplicaRepair implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReplicaRepair.class);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** Nothing was heard of a backup that was asked for: it is asked for again, later each time. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST_DOUBLINGS = 4;

  /** While a part of it is here, what is missing is more likely slow than lost. */
  private static final long PATIENCE_WITH_PARTS_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** While nothing moves, a backup that nobody is to keep is more likely forgotten than late. */
  private static final long PATIENCE_WITH_HAZELCAST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final GridService service;
  private final NodeEngine engine;
  private final Map<Integer, Asked> missing = new ConcurrentHashMap<>();

  /** That have come, and are not in this member's log yet. */
  private final AtomicInteger unlogged = new AtomicInteger();

  private final Timer timer = new Timer("mnemogrid-repair");

  /** On that timer alone. */
  private long openSinceNanos = System.nanoTime();

  /** On that timer alone. */
  private final Map<Integer, Long> notLoggedSince = new HashMap<>();

  ReplicaRepair(GridService service, NodeEngine engine) {
    this.service = service;
    this.engine = engine;
  }

  /**
   * A backup that is not whole.
   *
   * @param sinceNanos when it was asked for or heard of last
   * @param times that it was asked for
   */
  private record Asked(long sinceNanos, int times) {}

  void start() {
    timer.every(INTERVAL, this::askForSome);
    timer.every(INTERVAL, this::haveAllAssigned);
    timer.every(Duration.ofNanos(PATIENCE_NANOS), this::wantWhatIsNotLogged);
  }

  /**
   * Has a backup brought that this member's log has not as a whole though nothing of it is missed,
   * and has not had for a while. Most become backups by an image. But who is told of a table in
   * which others are left out is one without: where the master has gone while the cluster was
   * formed, the next makes the first table of those that are left.
   */
  private void wantWhatIsNotLogged() {
    if (!service.isFormed()) {
      return;
    }
    long now = System.nanoTime();
    for (int partition = 0; partition < service.partitionCount(); partition++) {
      int replica = replicaIndex(partition);
      boolean isNotLogged =
          replica > 0
              && service.isReplicated(replica)
              && service.journal().mayLackSomeOf(partition)
              && !isMissing(partition)
              && !service.images().isComing(partition);
      if (!isNotLogged) {
        notLoggedSince.remove(partition);
      } else if (now - notLoggedSince.computeIfAbsent(partition, any -> now) >= PATIENCE_NANOS) {
        notLoggedSince.remove(partition);
        log.warn("the log lacks some of partition {}, which is brought again", partition);
        want(partition, replica);
      }
    }
  }

  /**
   * Who is to keep a backup is decided when members come and go. Should that have come to nothing,
   * as it did where one was back before the others had missed it, Hazelcast would leave it at that
   * until the next comes or goes.
   */
  private void haveAllAssigned() {
    boolean isOpen =
        service.isFormed()
            && engine.getClusterService().isMaster()
            && !partitions().hasOnGoingMigrationLocal()
            && unassigned(partition -> true) > 0;
    long now = System.nanoTime();
    if (!isOpen) {
      openSinceNanos = now;
    } else if (now - openSinceNanos >= PATIENCE_WITH_HAZELCAST_NANOS) {
      log.warn("backups are to be kept by no member; it is decided again by which");
      openSinceNanos = now;
      partitions().getMigrationManager().triggerControlTask();
    }
  }

  /**
   * How many backups are not there: those that this member is to keep and does not have whole, and
   * those of its own partitions that no member is to keep yet.
   */
  public int missing() {
    return unassigned(InternalPartition::isLocal) + missing.size() + unlogged.get();
  }

  /** How many backups of such partitions no member is to keep, though there are enough members. */
  private int unassigned(Predicate<InternalPartition> which) {
    int backups =
        Math.min(service.settings().backupCount(), engine.getClusterService().getSize() - 1);
    int unassigned = 0;
    for (InternalPartition partition : partitions().getInternalPartitions()) {
      for (int replica = 1; replica <= backups && which.test(partition); replica++) {
        unassigned += partition.getReplica(replica) == null ? 1 : 0;
      }
    }
    return unassigned;
  }

  /** Whether this member is to keep a backup of the partition and does not have it whole. */
  boolean isMissing(int partition) {
    return missing.containsKey(partition);
  }

  /** This member is the owner from now on: nobody has what was missing. */
  void promoted(int partition) {
    missing.remove(partition);
  }

  /** Notes that a part of a backup has come, or nothing of use; on the partition's thread. */
  void isIncomplete(int partition, int replica) {
    mark(partition, replica);
    missing.merge(
        partition,
        new Asked(System.nanoTime(), 0),
        (before, now) -> new Asked(now.sinceNanos(), before.times()));
  }

  /**
   * Notes that all of a backup has come.
   *
   * @param logged completes when it would outlive this process
   */
  void isWhole(int partition, CompletionStage<?> logged) {
    unlogged.incrementAndGet(); // before it is missing no more
    missing.remove(partition);
    logged.whenComplete((done, failure) -> unlogged.decrementAndGet());
  }

  /** Has a backup brought of which nothing is here; any thread. */
  void want(int partition, int replica) {
    missing.put(partition, new Asked(System.nanoTime(), 0)); // not asked for before it is marked
    service
        .onPartitionThread(partition)
        .execute(() -> {
          mark(partition, replica);
          missing.replace(partition, new Asked(System.nanoTime() - PATIENCE_NANOS, 0));
        });
  }

  /** Forgets all: this member begins anew. */
  void clear() {
    missing.clear();
  }

  /** Which replica of the partition this member is, by its table; 0 is the owner, negative none. */
  int replicaIndex(int partition) {
    // Not kept: a member that joins another cluster after a split has another identity there.
    PartitionReplica self = PartitionReplica.from(engine.getLocalMember());
    return partitions().getPartition(partition, false).getReplicaIndex(self);
  }

  private void mark(int partition, int replica) {
    manager().markPartitionReplicaAsSyncRequired(partition, GridService.FRAGMENT, replica);
  }

  private InternalPartitionServiceImpl partitions() {
    return (InternalPartitionServiceImpl) engine.getPartitionService();
  }

  private PartitionReplicaManager manager() {
    return partitions().getReplicaManager();
  }

  private void askForSome() {
    if (!service.isFormed()) {
      return; // what came would be refused
    }
    missing.forEach((partition, asked) -> {
      if (isDue(asked)) {
        try {
          service.onPartitionThread(partition).execute(() -> askFor(partition));
        } catch (RejectedExecutionException e) {
          log.debug("this node is stopping", e);
        }
      }
    });
  }

  private static boolean isDue(Asked asked) {
    long waitNanos = PATIENCE_NANOS << Math.min(asked.times(), MOST_DOUBLINGS);
    return isOlder(asked, waitNanos);
  }

  private static boolean isOlder(Asked asked, long nanos) {
    return System.nanoTime() - asked.sinceNanos() >= nanos;
  }

  private void askFor(int partition) {
    Asked asked = missing.get(partition);
    if (asked == null
        || !isDue(asked)
        || service.images().isComing(partition) && !isOlder(asked, PATIENCE_WITH_PARTS_NANOS)) {
      return;
    }
    int replica = replicaIndex(partition);
    if (replica == 0) {
      // It is about to be promoted, and is found to be missing then; or the table began with it.
      if (isOlder(asked, PATIENCE_WITH_PARTS_NANOS) && missing.remove(partition, asked)) {
        service.ownsWhatIsLeft(partition);
      }
      return;
    }
    if (!service.isReplicated(replica)) {
      missing.remove(partition, asked);
    } else if (manager().availableReplicaSyncPermits() > 0) { // else Hazelcast would forget it
      missing.replace(partition, asked, new Asked(System.nanoTime(), asked.times() + 1));
      manager().triggerPartitionReplicaSync(partition, Set.of(GridService.FRAGMENT), replica);
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
