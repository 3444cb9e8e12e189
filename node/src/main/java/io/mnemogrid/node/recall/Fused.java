package io.mnemogrid.node.recall;

import java.util.List;

/**
 * A candidate in its place, with the account of how it came there.
 *
 * @param score what the order goes by: {@code relevance} as its standing and the weight of its
 *     namespace move it
 * @param relevance 0..1: 1 for what is best by every signal
 * @param accounts of the signals that took part, in their order
 * @param folded candidates of other namespaces with the same content, behind this one
 */
public record Fused(
    Candidate candidate,
    double score,
    double relevance,
    List<Account> accounts,
    List<Candidate> folded) {

  /**
   * What one signal said.
   *
   * @param raw as it was measured
   * @param weight the most it can be of the relevance; those of all signals together are 1
   * @param share of the relevance, which is the sum of them all
   */
  public record Account(Signal signal, double raw, double weight, double share) {}

  public Fused {
    accounts = List.copyOf(accounts);
    folded = List.copyOf(folded);
  }
}
