package io.mnemogrid.node.grid.member;

import com.hazelcast.cluster.Member;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.PartitionReplica;
import com.hazelcast.internal.partition.PartitionTableView;
import com.hazelcast.internal.partition.impl.InternalPartitionImpl;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.durable.FormationPlan;
import io.mnemogrid.node.grid.durable.FormationPlan.Row;

/**
 * The partition table that a cluster begins with, in place of the one that Hazelcast would make up:
 * who has the data owns the partition. The others fetch it from the master when they first need it.
 */
public final class FirstTable {
  private final NodeEngine engine;

  FirstTable(NodeEngine engine) {
    this.engine = engine;
  }

  /** Installs the table; at the master, before anybody has touched a partition. */
  void install(FormationPlan plan) {
    PartitionReplica local = PartitionReplica.from(engine.getLocalMember());
    InternalPartition[] table = new InternalPartition[plan.partitions().size()];
    for (int partition = 0; partition < table.length; partition++) {
      table[partition] =
          new InternalPartitionImpl(
              partition,
              local,
              replicas(plan.partitions().get(partition)),
              FormationPlan.FIRST_VERSION,
              null);
    }
    ((InternalPartitionServiceImpl) engine.getPartitionService())
        .setInitialState(new PartitionTableView(table));
  }

  private PartitionReplica[] replicas(Row row) {
    PartitionReplica[] replicas = new PartitionReplica[InternalPartition.MAX_REPLICA_COUNT];
    int next = 0;
    for (var uuid : row.replicas()) {
      // One that has left meanwhile is left out; Hazelcast would never find another for its place.
      Member member = engine.getClusterService().getMember(uuid);
      if (member != null) {
        replicas[next++] = PartitionReplica.from(member);
      }
    }
    return replicas;
  }
}
