package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.ScoredSlot;
import io.mnemogrid.vector.rows.Scorer;

/**
 * Chooses neighbours in different directions (algorithm 4): a candidate is taken if it is nearer to
 * the node than to every neighbour taken before it. Links of the backbone are always taken.
 */
final class NeighborChoice {
  private final Query[] takenRows = new Query[NodeLayout.MOST_DEGREE];
  private final int[] taken = new int[NodeLayout.MOST_DEGREE];
  private final int[] kept = new int[NodeLayout.MOST_DEGREE];
  private int count;
  private int keptCount;

  /** Forgets the last choice and the links to keep. */
  void begin() {
    count = 0;
    keptCount = 0;
  }

  /** Has {@code slot} taken whatever its direction, and even if it is not among the candidates. */
  void keep(int slot) {
    kept[keptCount++] = slot;
  }

  boolean keeps(int slot) {
    for (int i = 0; i < keptCount; i++) {
      if (kept[i] == slot) {
        return true;
      }
    }
    return false;
  }

  int count() {
    return count;
  }

  /** The {@code i}-th neighbour chosen, nearest first. */
  int chosen(int i) {
    return taken[i];
  }

  /**
   * Chooses among {@code candidates}, adding to what was chosen since {@link #begin}.
   *
   * @param candidates sorted, scored against the node; none of them chosen yet
   * @param limit most neighbours, at least as many as are to be kept
   */
  void choose(BestSlots candidates, int limit, Scorer scorer, RowDirectory rows) {
    int keptToCome = 0;
    for (int i = 0; i < keptCount; i++) {
      keptToCome += isTaken(kept[i]) ? 0 : 1;
    }
    for (int i = 0; i < candidates.size() && count < limit; i++) {
      long candidate = candidates.get(i);
      int slot = ScoredSlot.slot(candidate);
      long row = rows.address(slot);
      boolean keep = keptToCome > 0 && keeps(slot);
      if (keep) {
        keptToCome--;
      } else if (count + keptToCome >= limit
          || !isApart(row, ScoredSlot.score(candidate), scorer)) {
        continue;
      }
      take(slot, row, scorer);
    }
    for (int i = 0; keptToCome > 0 && i < keptCount; i++) {
      if (!isTaken(kept[i])) {
        take(kept[i], rows.address(kept[i]), scorer);
      }
    }
  }

  private boolean isTaken(int slot) {
    for (int i = 0; i < count; i++) {
      if (taken[i] == slot) {
        return true;
      }
    }
    return false;
  }

  private boolean isApart(long row, float scoreToNode, Scorer scorer) {
    for (int i = 0; i < count; i++) {
      if (scorer.score(takenRows[i], row) > scoreToNode) {
        return false;
      }
    }
    return true;
  }

  private void take(int slot, long row, Scorer scorer) {
    if (takenRows[count] == null) {
      takenRows[count] = new Query();
    }
    scorer.load(takenRows[count], row);
    taken[count++] = slot;
  }
}
