package io.mnemogrid.node.grid.member;

import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.thread.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the room of memories past their time, and of tombstones and shards that nobody needs
 * any more.
 */
public final class Sweeper implements AutoCloseable {
  private static final Duration LONGEST_CUT = Duration.ofDays(7);
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration EXPIRY_INTERVAL = Duration.ofSeconds(1);
  private static final Duration COMPACTION_INTERVAL = Duration.ofSeconds(2);

  /** Moved at a time, while searches of their shard wait: well under a millisecond. */
  private static final int MOVES_AT_A_TIME = 64;

  /** Between moves of the same shard, so that a search that they disturb has time to begin anew. */
  private static final long PAUSE_MS = 20;

  private static final Duration ORPHANS_INTERVAL = Duration.ofMinutes(1);
  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(10);

  private final GridService service;
  private final NodeEngine engine;
  private final Set<Shard> compacting = ConcurrentHashMap.newKeySet();
  private Set<Long> orphansBefore = Set.of();
  private final Timer timer = new Timer("mnemogrid-sweeper");

  Sweeper(GridService service, NodeEngine engine) {
    this.service = service;
    this.engine = engine;
  }

  void start() {
    timer.every(EXPIRY_INTERVAL, this::expire);
    timer.every(COMPACTION_INTERVAL, this::compact);
    timer.every(orphansInterval(), this::dropOrphans);
    timer.every(PURGE_INTERVAL, this::purge);
  }

  /** Longer than any read or write may be under way. */
  private Duration orphansInterval() {
    return Stream.of(
            ORPHANS_INTERVAL, service.settings().readTimeout(), service.settings().writeTimeout())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private void expire() {
    int lost = service.takeLostPartitions();
    if (lost > 0) {
      log.error(
          "{} of {} partitions are lost: every member that held them is gone, and what was in them",
          lost,
          service.partitionCount());
    }
    long now = service.unixSeconds();
    for (int partition = 0; partition < service.partitionCount(); partition++) {
      if (service.container(partition).hasExpiredAt(now)
          && service.admission().answersFor(partition)) {
        var _ =
            engine
                .getOperationService()
                .invokeOnPartitionAsync(GridService.NAME, new ExpireOperation(), partition);
      }
    }
  }

  /** Of each replica on its own: in which slots its memories are is nothing to the others. */
  private void compact() {
    for (int partition = 0; partition < service.partitionCount(); partition++) {
      for (Shard shard : service.container(partition).shards()) {
        if (shard.isSparse() && compacting.add(shard)) {
          compact(partition, shard);
        }
      }
    }
  }

  private void compact(int partition, Shard shard) {
    service.onPartitionThread(partition).execute(() -> compactSome(partition, shard));
  }

  private void compactSome(int partition, Shard shard) {
    boolean goesOn = false;
    // One that was taken out for a merge is read by another thread, and must not be moved about.
    boolean isHere = shard.equals(service.container(partition).shard(shard.spec().key()));
    try {
      if (isHere && shard.compact(MOVES_AT_A_TIME)) {
        timer.after(PAUSE_MS, () -> compact(partition, shard));
        goesOn = true;
      }
    } catch (RejectedExecutionException e) {
      log.debug("this node is stopping", e);
    } finally {
      if (!goesOn) {
        compacting.remove(shard);
      }
    }
  }

  /**
   * Drops what is an orphan at two sweeps in a row: a late replica of a write may bring a shard
   * back after its namespace was deleted, and a read that began before its space was left may still
   * be under way.
   */
  private void dropOrphans() {
    Set<Long> orphans = orphans();
    Set<Long> dropped = new HashSet<>(orphans);
    dropped.retainAll(orphansBefore);
    orphansBefore = orphans;
    if (!dropped.isEmpty()) {
      onContainers((partition, container) -> {
        int before = container.shards().size();
        container.dropShards(dropped::contains);
        noteShrinking(partition, before > container.shards().size());
      });
    }
  }

  private void purge() {
    long now = service.unixSeconds();
    long before = now - retention().toSeconds();
    onContainers(
        (partition, container) -> noteShrinking(partition, container.dropPast(now, before)));
  }

  /** A member that is missing may be cut off, and not have heard what is deleted here. */
  private Duration retention() {
    Duration retention = service.settings().tombstoneRetention();
    return service.majority().isWhole() || retention.compareTo(LONGEST_CUT) > 0
        ? retention
        : LONGEST_CUT;
  }

  private void noteShrinking(int partition, boolean hasShrunk) {
    if (hasShrunk) {
      service.journal().shrunk(partition);
    }
  }

  private interface Action {
    void take(int partition, PartitionContainer container);
  }

  private void onContainers(Action action) {
    for (int i = 0; i < service.partitionCount(); i++) {
      int partition = i;
      PartitionContainer container = service.container(partition);
      if (!container.shards().isEmpty()) {
        service.onPartitionThread(partition).execute(() -> action.take(partition, container));
      }
    }
  }

  /** Keys of the shards of unknown namespaces, and of spaces that were left for another. */
  private Set<Long> orphans() {
    Set<Long> orphans = new HashSet<>();
    for (int partition = 0; partition < service.partitionCount(); partition++) {
      for (Shard shard : service.container(partition).shards()) {
        ShardSpec spec = shard.spec();
        if (service.registry().namespace(spec.namespaceUid()) == null
            || service.admission().isLeft(spec)) {
          orphans.add(spec.key());
        }
      }
    }
    return service.registry().isLeased() ? orphans : Set.of();
  }

  @Override
  public void close() {
    timer.close();
  }
}
