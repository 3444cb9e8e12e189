package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.cluster.ClusterService;
import com.hazelcast.internal.partition.InternalPartition;
import com.hazelcast.internal.partition.PartitionReplica;
import com.hazelcast.internal.partition.PartitionTableView;
import com.hazelcast.internal.partition.impl.InternalPartitionImpl;
import com.hazelcast.internal.partition.impl.InternalPartitionServiceImpl;
import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.durable.FormationPlan;
import io.mnemogrid.node.grid.durable.FormationPlan.Row;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partition table that a cluster begins with, in place of the one that Hazelcast would make up:
 * who has the data owns the partition.
 *
 * <p>Every member that takes part makes the same one of the plan, before it does anything else with
 * it. If only the master had it and died, Hazelcast would have the next master make one up.
 */
public final class FirstTable {
  private static final Logger log = LoggerFactory.getLogger(FirstTable.class);

  private final NodeEngine engine;
  private final InternalPartitionServiceImpl partitions;

  FirstTable(NodeEngine engine) {
    this.engine = engine;
    this.partitions = (InternalPartitionServiceImpl) engine.getPartitionService();
  }

  /**
   * Installs the table, unless it is here; before anybody has touched a partition.
   *
   * @return false if somebody has left meanwhile and this member is not the master: what becomes of
   *     the table then is the master's to say, which sends it
   */
  boolean install(FormationPlan plan) {
    ClusterService cluster = engine.getClusterService();
    boolean isMaster = cluster.isMaster();
    boolean areAllHere =
        plan.members().stream().allMatch(member -> cluster.getMember(member) != null);
    if (!partitions.isPartitionAssignmentDone() && (isMaster || areAllHere)) {
      try {
        partitions.setInitialState(table(plan));
      } catch (IllegalStateException e) {
        log.debug("the master has sent the table meanwhile", e);
      }
    }
    return partitions.isPartitionAssignmentDone();
  }

  private PartitionTableView table(FormationPlan plan) {
    PartitionReplica local = PartitionReplica.from(engine.getLocalMember());
    InternalPartition[] table = new InternalPartition[plan.partitions().size()];
    for (int partition = 0; partition < table.length; partition++) {
      Row row = plan.partitions().get(partition);
      List<PartitionReplica> present = present(row);
      // A table without those that have left replaces one with them.
      int version = FormationPlan.FIRST_VERSION + row.replicas().size() - present.size();
      table[partition] =
          new InternalPartitionImpl(
              partition,
              local,
              present.toArray(new PartitionReplica[InternalPartition.MAX_REPLICA_COUNT]),
              version,
              null);
    }
    return new PartitionTableView(table);
  }

  /** One that has left is left out: Hazelcast would never find another for its place. */
  private List<PartitionReplica> present(Row row) {
    return row.replicas().stream()
        .map(engine.getClusterService()::getMember)
        .filter(Objects::nonNull)
        .map(PartitionReplica::from)
        .toList();
  }
}
