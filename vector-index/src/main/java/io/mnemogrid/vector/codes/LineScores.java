package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.CodeTerms;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.memory.NativeMemory;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.ScoreBatch;
import io.mnemogrid.vector.rows.SlotScorer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Estimates of scores from codes in lines. Reused scratch; one thread at a time. */
public final class LineScores implements SlotScorer {
  private final CodeKernel kernel = Kernels.bestForCodes();
  private @Nullable RowDirectory lines;
  private long lastLine;

  @SuppressWarnings("UnusedVariable") // written so that the compiler cannot leave the reads out
  private int touched;

  private @Nullable CodeTerms terms;

  /** Binds it to what it scores until {@link #forget}. */
  public LineScores bind(CodeStore codes, CodeQuery query) {
    lines = codes.directory();
    lastLine = codes.layout().strideBytes() - CodeTerms.LINE_WORDS * Long.BYTES;
    terms = query.towards(codes);
    return this;
  }

  public void forget() {
    lines = null;
    terms = null;
  }

  @Override
  public int capacity() {
    return Objects.requireNonNull(lines).capacity();
  }

  @Override
  public void score(ScoreBatch batch) {
    RowDirectory directory = Objects.requireNonNull(lines);
    int count = batch.count();
    // Touched all before the first is used: the processor then fetches them side by side, where the
    // kernel alone would have it fetch a few at a time.
    long[] addresses = batch.addresses();
    int touch = 0;
    for (int i = 0; i < count; i++) {
      long line = directory.address(batch.slot(i));
      addresses[i] = line;
      touch += NativeMemory.getByte(line) + NativeMemory.getByte(line + lastLine);
    }
    touched = touch;
    kernel.estimateLines(Objects.requireNonNull(terms), batch.addresses(), count, batch.scores());
  }
}
