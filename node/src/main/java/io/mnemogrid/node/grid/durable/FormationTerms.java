package io.mnemogrid.node.grid.durable;

import java.util.Collection;

/**
 * What a cluster that is to be formed is set to.
 *
 * @param clusterSize members it has when it is whole
 * @param minReplicas copies that a write was on before it was answered
 * @param backupCount copies of a partition besides its owner's
 * @param acceptLoss whether to form though writes that were answered may be missing
 */
public record FormationTerms(
    int clusterSize, int minReplicas, int backupCount, boolean acceptLoss) {
  /** Whether files of that shape are of a cluster that is set the same. */
  boolean fit(ClusterShape shape) {
    return shape.members() == clusterSize && shape.minReplicas() == minReplicas;
  }

  /**
   * Members that must vouch for a partition. A write that was answered is on at least {@code
   * minReplicas} of them, so of that many members at least one has it.
   */
  int quorum() {
    return clusterSize - noted() + 1;
  }

  /** Members that a write is on when it is answered, but for times at which one is enough. */
  int copies() {
    return minReplicas > 1 ? noted() : Math.min(backupCount + 1, clusterSize);
  }

  /**
   * Members that must have noted the incarnation of a plan before anybody begins with it, or all of
   * its members, when a write would need more than there are. Of a {@link #quorum} at least one has
   * then, so that no other start gives the number again.
   */
  private int noted() {
    return Math.clamp(minReplicas, 1, clusterSize);
  }

  /** Whether enough of those that are to begin with the plan have noted its incarnation. */
  public boolean areMet(FormationPlan plan, Collection<Inventory> here) {
    long agreed =
        here.stream()
            .filter(each -> plan.members().contains(each.member()))
            .filter(each -> each.agreed() >= plan.incarnation())
            .count();
    return agreed >= Math.min(noted(), plan.members().size());
  }
}
