package io.mnemogrid.node.grid.durable;

import java.util.List;

/** Whether a cluster can be formed of what its members found on their disks. */
public sealed interface Formation {
  /** It can. */
  record Formed(FormationPlan plan) implements Formation {}

  /**
   * Not yet.
   *
   * @param reasons a sentence each
   */
  record Waiting(List<String> reasons) implements Formation {}
}
