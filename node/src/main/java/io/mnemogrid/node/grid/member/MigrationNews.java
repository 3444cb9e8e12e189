package io.mnemogrid.node.grid.member;

import com.hazelcast.cluster.Member;
import com.hazelcast.internal.partition.IPartitionService;
import com.hazelcast.internal.partition.MigrationInfo;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.internal.partition.operation.PublishCompletedMigrationsOperation;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import com.hazelcast.spi.impl.NodeEngine;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Has the cluster's master tell all members that a replica has moved as soon as it has.
 *
 * <p>By itself Hazelcast tells them of ten moves at a time. Until the old owner of a partition
 * hears of the move it refuses all reads, and whoever has not heard of it either asks nobody else.
 */
final class MigrationNews implements MigrationListener, AutoCloseable {
  private final NodeEngine engine;
  private final InternalPartitionServiceImpl partitions;
  private @Nullable UUID registration;
  private boolean isUnderWay;
  private boolean isNewsWaiting;

  MigrationNews(NodeEngine engine) {
    this.engine = engine;
    this.partitions = (InternalPartitionServiceImpl) engine.getPartitionService();
  }

  /** Begins to tell, whenever this member is the master. */
  void start() {
    registration = partitions.addLocalMigrationListener(this);
  }

  /** On Hazelcast's thread for events, at the master after its own table has changed. */
  @Override
  public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
    if (partitions.isLocalMemberMaster()) {
      tell();
    }
  }

  /**
   * Tells all that Hazelcast has yet to tell, of which a member passes over what it knows. One list
   * is under way at a time, as a member that got two in the wrong order would forget the last move.
   */
  private synchronized void tell() {
    isNewsWaiting = isUnderWay;
    List<MigrationInfo> completed = partitions.getMigrationManager().getCompletedMigrationsCopy();
    if (isUnderWay || completed.isEmpty() || !engine.isRunning()) {
      return;
    }
    CompletableFuture<?>[] told =
        engine.getClusterService().getMembers().stream()
            .filter(member -> !member.localMember())
            .map(member -> tell(member, completed))
            .toArray(CompletableFuture[]::new);
    isUnderWay = true;
    // Not on the thread that brings the last answer: it must not wait for Hazelcast's lock.
    var _ = CompletableFuture.allOf(told).whenCompleteAsync((all, failure) -> goOn());
  }

  private CompletableFuture<Boolean> tell(Member member, List<MigrationInfo> completed) {
    return engine
        .getOperationService()
        .<Boolean>invokeOnTarget(
            IPartitionService.SERVICE_NAME,
            new PublishCompletedMigrationsOperation(completed),
            member.getAddress())
        .toCompletableFuture();
  }

  private synchronized void goOn() {
    isUnderWay = false;
    if (isNewsWaiting) {
      tell();
    }
  }

  /** Of what failed, Hazelcast tells those concerned at once. */
  @Override
  public void replicaMigrationFailed(ReplicaMigrationEvent event) {}

  @Override
  public void migrationStarted(MigrationState state) {}

  @Override
  public void migrationFinished(MigrationState state) {}

  @Override
  public void close() {
    UUID present = registration;
    if (present != null) {
      partitions.removeMigrationListener(present);
    }
  }
}
