package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.ScoredSlot;

/**
 * The result of a search: slots in descending score, equal scores in ascending slot. A search
 * writes over what was there, so that hits can be used again; one thread at a time.
 */
public final class Hits {
  private long[] scored = {};
  private int[] sources = {};
  private int count;
  private boolean complete = true;

  void take(BestSlots best, boolean isComplete) {
    best.sort();
    count = best.size();
    complete = isComplete;
    if (scored.length < count) {
      scored = new long[count];
      sources = new int[count];
    }
    for (int i = 0; i < count; i++) {
      scored[i] = best.get(i);
      sources[i] = 0;
    }
  }

  /** Says that the {@code i}-th hit is {@code slot} of index {@code source}. */
  void setSource(int i, int source, int slot) {
    sources[i] = source;
    scored[i] = ScoredSlot.of(score(i), slot);
  }

  public int count() {
    return count;
  }

  /** The slot of the {@code i}-th best hit, from 0. */
  public int slot(int i) {
    return ScoredSlot.slot(scored[i]);
  }

  /** Which of the indexes searched together the {@code i}-th best hit is from; 0 for one alone. */
  public int source(int i) {
    return sources[i];
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
