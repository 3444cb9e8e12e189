package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.spi.impl.NodeEngine;
import java.util.Set;

/** Has Hazelcast bring this member replicas that it has not, or not wholly. */
public final class ReplicaRepair {
  private final InternalPartitionServiceImpl partitions;

  ReplicaRepair(NodeEngine engine) {
    partitions = (InternalPartitionServiceImpl) engine.getPartitionService();
  }

  /** Sees to it that the replica is brought again, as what has been brought is not whole. */
  void markUnsound(int partition, int replica) {
    partitions
        .getPartitionReplicaVersionManager()
        .markPartitionReplicaAsSyncRequired(partition, GridService.FRAGMENT, replica);
  }

  /** The same, at once. */
  void fetch(int partition, int replica) {
    markUnsound(partition, replica);
    partitions
        .getReplicaManager()
        .triggerPartitionReplicaSync(partition, Set.of(GridService.FRAGMENT), replica);
  }
}
