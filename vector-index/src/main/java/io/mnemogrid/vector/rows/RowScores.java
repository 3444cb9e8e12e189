package io.mnemogrid.vector.rows;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The exact scores of rows against a query. Reused scratch; one thread at a time. */
public final class RowScores implements SlotScorer {
  private @Nullable RowDirectory rows;
  private @Nullable Scorer scorer;
  private @Nullable Query query;

  /** Binds it to what it scores until {@link #forget}. */
  public RowScores bind(RowDirectory itsRows, Scorer itsScorer, Query itsQuery) {
    rows = itsRows;
    scorer = itsScorer;
    query = itsQuery;
    return this;
  }

  public void forget() {
    rows = null;
    scorer = null;
    query = null;
  }

  @Override
  public int capacity() {
    return Objects.requireNonNull(rows).capacity();
  }

  @Override
  public void score(ScoreBatch batch) {
    RowDirectory directory = Objects.requireNonNull(rows);
    for (int i = 0; i < batch.count(); i++) {
      batch.setAddress(i, directory.address(batch.slot(i)));
    }
    Objects.requireNonNull(scorer).score(Objects.requireNonNull(query), batch);
  }
}
