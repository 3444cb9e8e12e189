package io.mnemogrid.vector.rows;

/** Scores slots against a query that it holds; exactly, or by an estimate. One thread at a time. */
public interface SlotScorer {
  /** Slots below this have a place; a walk may meet younger ones, which it has to leave alone. */
  int capacity();

  /** Fills in the scores of all slots of {@code batch}. */
  void score(ScoreBatch batch);
}
