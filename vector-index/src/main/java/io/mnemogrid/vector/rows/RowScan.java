package io.mnemogrid.vector.rows;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Scores every wanted row of a set and keeps the best. Reused scratch; one thread at a time. */
public final class RowScan {
  private final ScoreBatch batch = new ScoreBatch();

  /**
   * Offers the slots of {@code slots} that are not in {@code except} and pass {@code filter}.
   *
   * @param budget most rows to score
   * @return rows scored; one more than {@code budget} if it was spent before the end
   */
  public int scan(Rows rows, SlotSet except, @Nullable IntPredicate filter, int budget) {
    batch.clear();
    int scored = 0;
    for (int w = 0, words = rows.slots().words(); w < words; w++) {
      long word = rows.slots().word(w) & ~except.word(w);
      for (; word != 0; word &= word - 1) {
        int slot = (w << 6) + Long.numberOfTrailingZeros(word);
        if (filter != null && !filter.test(slot)) {
          continue;
        }
        if (scored == budget) {
          flush(rows);
          return budget + 1;
        }
        scored++;
        batch.add(slot, rows.directory().address(slot));
        if (batch.isFull()) {
          flush(rows);
        }
      }
    }
    flush(rows);
    return scored;
  }

  private void flush(Rows rows) {
    rows.scorer().score(rows.query(), batch);
    for (int i = 0; i < batch.count(); i++) {
      rows.best().offer(ScoredSlot.of(batch.score(i), batch.slot(i)));
    }
    batch.clear();
  }

  /** What is scanned, with what, and where the hits go. */
  public interface Rows {
    SlotSet slots();

    RowDirectory directory();

    Scorer scorer();

    Query query();

    BestSlots best();
  }
}
