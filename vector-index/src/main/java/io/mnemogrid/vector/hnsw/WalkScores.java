package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.SlotScorer;

/** How walks through a graph score its nodes: by their rows, or by codes that stand for them. */
public interface WalkScores {
  /** A scorer against {@code node}, good until the next call. */
  SlotScorer towards(Query node);

  /** Whether the scores are those of the rows; otherwise they are estimates. */
  boolean isExact();
}
