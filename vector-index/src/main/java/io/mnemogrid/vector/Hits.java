package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.ScoredSlot;

/** The result of a search: slots in descending score, equal scores in ascending slot. Immutable. */
public final class Hits {
  private final long[] scored;
  private final boolean complete;

  private Hits(long[] scored, boolean complete) {
    this.scored = scored;
    this.complete = complete;
  }

  static Hits of(BestSlots best, int k, boolean complete) {
    best.sort();
    long[] scored = new long[Math.min(k, best.size())];
    for (int i = 0; i < scored.length; i++) {
      scored[i] = best.get(i);
    }
    return new Hits(scored, complete);
  }

  public int count() {
    return scored.length;
  }

  /** The slot of the {@code i}-th best hit, from 0. */
  public int slot(int i) {
    return ScoredSlot.slot(scored[i]);
  }

  /** The score of the {@code i}-th best hit, as the index's {@link Similarity} defines it. */
  public float score(int i) {
    return ScoredSlot.score(scored[i]);
  }

  /** False if the visit budget ended the search early. */
  public boolean complete() {
    return complete;
  }
}
