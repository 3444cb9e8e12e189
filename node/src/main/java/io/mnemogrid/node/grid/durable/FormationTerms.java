package io.mnemogrid.node.grid.durable;

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
    return clusterSize - Math.clamp(minReplicas, 1, clusterSize) + 1;
  }
}
