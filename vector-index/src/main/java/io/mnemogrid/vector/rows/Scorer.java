package io.mnemogrid.vector.rows;

import io.mnemogrid.vector.kernel.Kernel;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.memory.NativeMemory;

/** Scores rows of one layout against a query. Stateless; any thread. */
public final class Scorer {
  private static final int LANES = 4;

  /** A few sums of this size, each rounded many times, are still numbers. */
  private static final float FAR_FROM_OVERFLOW = Float.MAX_VALUE / 16;

  private final RowLayout layout;
  private final Kernel kernel;

  public Scorer(RowLayout layout) {
    this(layout, Kernels.best());
  }

  Scorer(RowLayout layout, Kernel kernel) {
    this.layout = layout;
    this.kernel = kernel;
  }

  public RowLayout layout() {
    return layout;
  }

  /** Makes the vector of {@code row} the query. */
  public void load(Query query, long row) {
    query.set(layout, row, kernel);
  }

  /** Writes {@code vector} times {@code factor} over {@code row}. */
  public void encode(float[] vector, float factor, long row) {
    RowCodec.encode(layout, kernel, vector, factor, row);
  }

  /** Writes the vector of {@code row} over {@code into}, of the layout's dimension. */
  public void decode(long row, float[] into) {
    RowCodec.decode(layout, kernel, row, into);
  }

  /**
   * Whether {@code row} is one that {@link #encode} could have written, as far as scores are
   * concerned: they will be numbers.
   *
   * @param scratch is overwritten
   */
  public boolean isVector(long row, Query scratch) {
    if (isFarFromOverflow(row)) {
      return true;
    }
    load(scratch, row);
    return Float.isFinite(score(scratch, row));
  }

  /** True of nearly all rows: no sum of theirs can overflow, and no number is missing. */
  private boolean isFarFromOverflow(long row) {
    float squares =
        switch (layout.encoding()) {
          case FLOATS -> kernel.squareFloats(row, layout.dimension());
          case BYTES -> mostSquares(row, -Byte.MIN_VALUE);
          case FIXED -> mostSquares(row, 1 << 23);
        };
    return squares < FAR_FROM_OVERFLOW
        && (!layout.hasSquaredLength()
            || Math.abs(NativeMemory.getFloat(row + layout.squaredLengthOffset()))
                < FAR_FROM_OVERFLOW);
  }

  /** The most that the squares of a row's elements come to, whatever its integers are. */
  private float mostSquares(long row, int largestInteger) {
    float largest = NativeMemory.getFloat(row + layout.scaleOffset()) * largestInteger;
    return layout.dimension() * largest * largest;
  }

  public float score(Query query, long row) {
    float dot =
        switch (layout.encoding()) {
          case FLOATS -> kernel.dotFloats(query.elements(), row);
          case BYTES -> kernel.dotBytes(query.elements(), row);
          case FIXED -> kernel.dotFixed(query.elements(), row);
        };
    return finish(query, row, dot);
  }

  /** Fills in the scores of all slots of {@code batch}, whose addresses are set. */
  public void score(Query query, ScoreBatch batch) {
    float[] elements = query.elements();
    float[] out = batch.scores();
    long[] rows = batch.addresses();
    int count = batch.count();
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      switch (layout.encoding()) {
        case FLOATS -> kernel.dotFloats4(elements, rows, i, out);
        case BYTES -> kernel.dotBytes4(elements, rows, i, out);
        case FIXED -> kernel.dotFixed4(elements, rows, i, out);
      }
      for (int j = i; j < i + LANES; j++) {
        out[j] = finish(query, rows[j], out[j]);
      }
    }
    for (; i < count; i++) {
      out[i] = score(query, rows[i]);
    }
  }

  private float finish(Query query, long row, float dot) {
    float product =
        layout.hasScale() ? dot * NativeMemory.getFloat(row + layout.scaleOffset()) : dot;
    if (!layout.hasSquaredLength()) {
      return product;
    }
    float rowSquared = NativeMemory.getFloat(row + layout.squaredLengthOffset());
    return Math.min(0, 2 * product - query.squaredLength() - rowSquared);
  }
}
