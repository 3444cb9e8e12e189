package io.mnemogrid.vector;

import io.mnemogrid.vector.codes.CodeQuery;
import io.mnemogrid.vector.codes.CodeStore;
import io.mnemogrid.vector.codes.LineScores;
import io.mnemogrid.vector.hnsw.GraphScratch;
import io.mnemogrid.vector.hnsw.WalkScores;
import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.RowScores;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotScorer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a thread that maintains graphs works with. Reused; one thread at a time. */
final class MaintenanceScratch implements WalkScores {
  private final GraphScratch graph = new GraphScratch();
  private final CodeQuery codeQuery = new CodeQuery();
  private final LineScores lineScores = new LineScores();
  private final RowScores rowScores = new RowScores();
  private @Nullable CodeStore lines;
  private @Nullable RowDirectory rows;
  private @Nullable Scorer scorer;

  GraphScratch graph() {
    return graph;
  }

  /** Has walks score by {@code codes} if they are lines, otherwise by the rows. */
  MaintenanceScratch bind(@Nullable CodeStore codes, RowDirectory itsRows, Scorer itsScorer) {
    lines = codes != null && codes.isLines() ? codes : null;
    rows = itsRows;
    scorer = itsScorer;
    return this;
  }

  void forget() {
    lines = null;
    rows = null;
    scorer = null;
    lineScores.forget();
    rowScores.forget();
  }

  @Override
  public SlotScorer towards(Query node) {
    CodeStore codes = lines;
    if (codes == null) {
      return rowScores.bind(Objects.requireNonNull(rows), Objects.requireNonNull(scorer), node);
    }
    codeQuery.set(node);
    return lineScores.bind(codes, codeQuery);
  }

  @Override
  public boolean isExact() {
    return lines == null;
  }
}
