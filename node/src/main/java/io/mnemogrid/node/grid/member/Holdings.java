package io.mnemogrid.node.grid.member;

import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.vector.VectorMemory;
import java.util.List;

/** How much is held on a member, as owner or backup. Any thread. */
public final class Holdings {
  /** The part of the memory for vectors that no split takes, so that writes go on. */
  private static final int SHARE_OF_WRITES = 8;

  private final VectorMemory vectorMemory;
  private final List<PartitionContainer> containers;
  private final RegistryReplica registry;

  Holdings(
      VectorMemory vectorMemory, List<PartitionContainer> containers, RegistryReplica registry) {
    this.vectorMemory = vectorMemory;
    this.containers = containers;
    this.registry = registry;
  }

  /** Bytes of vectors and graphs, off the heap. */
  public long indexBytes() {
    return vectorMemory.usedBytes();
  }

  /** Whether memories may be kept twice for a while, and there is still room for others. */
  public boolean haveRoomForCopies() {
    long limit = vectorMemory.limitBytes();
    return vectorMemory.usedBytes() < limit - limit / SHARE_OF_WRITES;
  }

  /** Memories: those of a space that is only being filled are not counted. */
  public long memories() {
    long count = 0;
    for (PartitionContainer container : containers) {
      for (Shard shard : container.shards()) {
        count += isAsked(shard.spec()) ? shard.size() : 0;
      }
    }
    return count;
  }

  private boolean isAsked(ShardSpec spec) {
    Namespace namespace = registry.namespace(spec.namespaceUid());
    return namespace == null || namespace.space().generation() == spec.generation();
  }
}
