package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.partition.PartitionReplica;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.internal.partition.impl.PartitionReplicaManager;
import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.thread.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Hazelcast bring this member the backups that it has not, or not wholly, until it has. By
 * itself Hazelcast forgets a request while a few others are under way, and looks for what is
 * missing every ten seconds, a part of it at a time: as long as that there would be one copy.
 */
public final class ReplicaRepair implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReplicaRepair.class);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** Nothing was heard of a backup that was asked for: it is asked for again. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final GridService service;
  private final NodeEngine engine;

  /** The partitions, with when each was asked for or heard of last. */
  private final Map<Integer, Long> missing = new ConcurrentHashMap<>();

  private final Timer timer = new Timer("mnemogrid-repair");

  ReplicaRepair(GridService service, NodeEngine engine) {
    this.service = service;
    this.engine = engine;
  }

  void start() {
    timer.every(INTERVAL, this::askForSome);
  }

  /** How many backups this member is to keep and does not have whole. */
  public int missing() {
    return missing.size();
  }

  /** Notes that a part of a backup has come, or nothing yet; on the partition's thread. */
  void isIncomplete(int partition, int replica) {
    mark(partition, replica);
    missing.put(partition, System.nanoTime());
  }

  /** Has the backup brought soon; on the partition's thread. */
  void want(int partition, int replica) {
    mark(partition, replica);
    missing.put(partition, System.nanoTime() - PATIENCE_NANOS);
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

  /** As many as Hazelcast would not forget. */
  private void askForSome() {
    int most = manager().availableReplicaSyncPermits();
    for (Map.Entry<Integer, Long> each : missing.entrySet()) {
      long now = System.nanoTime();
      if (most > 0 && now - each.getValue() >= PATIENCE_NANOS) {
        most--;
        each.setValue(now);
        int partition = each.getKey();
        try {
          service.onPartitionThread(partition).execute(() -> askFor(partition));
        } catch (RejectedExecutionException e) {
          log.debug("this node is stopping", e);
        }
      }
    }
  }

  private void askFor(int partition) {
    // Not kept: a member that joins another cluster after a split has another identity there.
    PartitionReplica self = PartitionReplica.from(engine.getLocalMember());
    int replica = partitions().getPartition(partition).getReplicaIndex(self);
    if (replica <= 0 || isSound(partition, replica)) {
      missing.remove(partition);
    } else {
      manager().triggerPartitionReplicaSync(partition, Set.of(GridService.FRAGMENT), replica);
    }
  }

  private boolean isSound(int partition, int replica) {
    long version =
        manager().getPartitionReplicaVersions(partition, GridService.FRAGMENT)[replica - 1];
    return version != PartitionReplicaManager.REQUIRES_SYNC
        && !manager().isPartitionReplicaVersionDirty(partition, GridService.FRAGMENT);
  }

  @Override
  public void close() {
    timer.close();
  }
}
