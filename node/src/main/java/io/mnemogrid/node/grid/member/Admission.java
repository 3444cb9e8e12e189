package io.mnemogrid.node.grid.member;

import com.hazelcast.cluster.Address;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.ReadTarget;
import io.mnemogrid.node.grid.wire.WriteAnswer;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What this member may do just now with a partition, and with a namespace in it: answer, change,
 * sweep. Any thread; what was allowed may be refused a moment later.
 */
public final class Admission {
  private final GridService service;

  Admission(GridService service) {
    this.service = service;
  }

  /**
   * Whether reads of the partition may be answered here: owned, not handed off, and not cut off.
   */
  public boolean answersFor(int partitionId) {
    return service.partitions().getPartition(partitionId).isLocal()
        && !service.container(partitionId).isHandedOff()
        && service.registry().isLeased()
        && !service.majority().isLost();
  }

  /** Whether memories of the shard may have been lost with all their replicas. */
  public boolean maybeShort(ReadTarget target) {
    Namespace namespace = service.registry().namespace(ShardSpec.namespaceUid(target.shardKey()));
    return namespace != null
        && service.container(target.partitionId()).maybeShort(namespace.createdAt());
  }

  /** Why a write of the partition must be refused now, or null. */
  public WriteAnswer.@Nullable Status refusalToWrite(int partitionId) {
    if (!service.majority().isSeen()) {
      return WriteAnswer.Status.NO_MAJORITY;
    }
    if (liveReplicas(partitionId) < service.settings().minReplicas()) {
      return WriteAnswer.Status.TOO_FEW_REPLICAS;
    }
    return service.registry().isLeased() ? null : WriteAnswer.Status.CLOSED;
  }

  /** Why a write into the namespace must be refused now, or null. */
  public WriteAnswer.@Nullable Status refusalToWrite(int partitionId, long namespaceUid) {
    return service.registry().namespace(namespaceUid) == null
        ? WriteAnswer.Status.NAMESPACE_UNKNOWN
        : refusalToWrite(partitionId);
  }

  /** Whether a write into these spaces of a part of a namespace would be missing in a newer one. */
  public boolean isOutdated(int partitionId, List<ShardSpec> spaces) {
    Namespace namespace = service.registry().namespace(spaces.getFirst().namespaceUid());
    // A shard of the same number that another is split into is newer, but not to be written yet.
    return service.container(partitionId).isOutdated(spaces)
            && (namespace == null || !namespace.isSplitting())
        || namespace != null
            && spaces.stream()
                .allMatch(space -> space.generation() < namespace.newestWrittenGeneration());
  }

  /**
   * Whether nothing may be written to the namespace for a moment, or this member cannot know it:
   * that it is closed is on every member, but on one that has not heard of it its lease is out.
   */
  public boolean isClosed(long namespaceUid) {
    Namespace namespace = service.registry().namespace(namespaceUid);
    return namespace == null || namespace.closed() || !service.registry().isLeased();
  }

  /** Whether memories of the shard that are past their time may be removed now. */
  boolean maySweep(ShardSpec spec) {
    Namespace namespace = service.registry().namespace(spec.namespaceUid());
    // What a namespace is split into is like what it was, until it is left.
    return namespace == null
        || !namespace.isSplitting()
        || !namespace.closed() && spec.generation() == namespace.space().generation();
  }

  /** The space that a shard is of, if its namespace has it now. */
  public Optional<Space> spaceOf(ShardSpec spec) {
    Namespace namespace = service.registry().namespace(spec.namespaceUid());
    return namespace == null
        ? Optional.empty()
        : namespace.spaces().stream()
            .filter(space -> space.generation() == spec.generation())
            .findFirst();
  }

  /** Whether questions have long gone to a newer space of the namespace. */
  public boolean isLeft(ShardSpec spec) {
    Namespace namespace = service.registry().namespace(spec.namespaceUid());
    return namespace != null
        && spec.generation() < namespace.newestGeneration()
        && namespace.spaces().stream().noneMatch(space -> space.generation() == spec.generation());
  }

  /** Whether this member is the owner or a backup of the partition. */
  public boolean isReplica(int partitionId) {
    return IntStream.rangeClosed(0, service.settings().backupCount())
        .mapToObj(
            replica -> service.partitions().getPartition(partitionId).getReplicaAddress(replica))
        .anyMatch(service.engine().getThisAddress()::equals);
  }

  private int liveReplicas(int partitionId) {
    int live = 0;
    for (int replica = 0; replica <= service.settings().backupCount(); replica++) {
      Address address = service.partitions().getPartition(partitionId).getReplicaAddress(replica);
      if (address != null && service.engine().getClusterService().getMember(address) != null) {
        live++;
      }
    }
    return live;
  }
}
