package io.mnemogrid.node.grid.member;

import com.hazelcast.cluster.Member;
import com.hazelcast.internal.cluster.ClusterService;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.PartitionReplica;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.thread.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether every partition is, as a whole, in the logs of all members that are to keep it.
 *
 * <p>Then what a member's files hold of partitions that it does not keep is of no account any more,
 * and neither is what they may have held that were lost or set aside. Not before: they may be one
 * of the few copies of what was answered, or leave a doubt that nobody else has.
 */
public final class Wholeness implements AutoCloseable {
  /** In place of a stamp: the member does not have all that it is to keep. */
  static final long LACKS_SOMETHING = 0;

  private static final Logger log = LoggerFactory.getLogger(Wholeness.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final GridService service;
  private final Timer timer = new Timer("mnemogrid-wholeness");

  /** On that timer alone. */
  private boolean isAsideKept = true;

  Wholeness(GridService service) {
    this.service = service;
  }

  /**
   * Has the journal settle what is left in it, and what was set aside deleted, once that may be.
   */
  void start(DiskCopies disk) {
    timer.every(INTERVAL, () -> settle(disk));
  }

  private void settle(DiskCopies disk) {
    long nanos = System.nanoTime();
    try {
      isAsideKept = isAsideKept && disk.hasAside();
      boolean isAsideVoid = isAsideKept && !isSomethingLost();
      if ((isAsideVoid || service.journal().unsettled() > 0) && isEverywhere()) {
        settleAll(nanos);
        if (isAsideVoid) {
          disk.deleteAside();
        }
      }
    } catch (IOException e) {
      log.warn("what was set aside is left until the next start", e);
      isAsideKept = false;
    }
  }

  /** What was lost with all its replicas may be among what was set aside. */
  private boolean isSomethingLost() {
    return IntStream.range(0, service.partitionCount())
        .anyMatch(
            partition -> service.container(partition).lostAt() != PartitionContainer.NEVER_LOST);
  }

  private void settleAll(long nanos) {
    for (int i = 0; i < service.partitionCount(); i++) {
      int partition = i;
      try {
        service
            .onPartitionThread(partition)
            .execute(() -> service.journal().settle(partition, nanos));
      } catch (RejectedExecutionException e) {
        log.debug("this node is stopping", e);
      }
    }
  }

  /**
   * Whether this member has all that it is to keep, and sees most of the cluster: the stamp of its
   * partition table if it does, and {@link #LACKS_SOMETHING} if not.
   */
  long here() {
    long stamp = partitions().getPartitionStateStamp();
    boolean lacksSomething =
        !isTableMended()
            || service.repair().missing() > 0
            || service.journal().lacksSomething()
            || service.healing().isUnderWay()
            || !service.majority().isSeen();
    return lacksSomething ? LACKS_SOMETHING : stamp;
  }

  /**
   * Whether all who are to keep something are there: who has left stays in the table for a while.
   */
  private boolean isTableMended() {
    ClusterService cluster = service.engine().getClusterService();
    int replicas = Math.min(service.settings().backupCount() + 1, cluster.getSize());
    for (InternalPartition partition : partitions().getInternalPartitions()) {
      for (int replica = 0; replica < replicas; replica++) {
        PartitionReplica keeper = partition.getReplica(replica);
        if (keeper == null || cluster.getMember(keeper.uuid()) == null) {
          return false;
        }
      }
    }
    return true;
  }

  /** Asks all members, which must have the same table, before the first and after the last. */
  private boolean isEverywhere() {
    long stamp = here();
    if (stamp == LACKS_SOMETHING) {
      return false;
    }
    List<CompletableFuture<Long>> answers =
        service.engine().getClusterService().getMembers().stream()
            .filter(member -> !member.localMember())
            .map(this::ask)
            .toList();
    try {
      return answers.stream().allMatch(answer -> answer.join() == stamp) && here() == stamp;
    } catch (CompletionException e) {
      log.debug("a member did not say whether it has all that it is to keep", e);
      return false;
    }
  }

  private CompletableFuture<Long> ask(Member member) {
    return service
        .engine()
        .getOperationService()
        .createInvocationBuilder(GridService.NAME, new WholenessOperation(), member.getAddress())
        .setTryCount(1)
        .setCallTimeout(PATIENCE.toMillis())
        .<Long>invoke()
        .toCompletableFuture();
  }

  private InternalPartitionServiceImpl partitions() {
    return (InternalPartitionServiceImpl) service.partitions();
  }

  @Override
  public void close() {
    timer.close();
  }
}
