package io.mnemogrid.vector.kernel;

/**
 * Inner products with rows given by their absolute addresses. Stateless; any thread. The caller
 * answers for the {@code query.length} elements behind each address.
 */
public interface Kernel {
  /** {@code query} times the floats at {@code row}. */
  float dotFloats(float[] query, long row);

  /** The {@code count} floats at {@code row} times themselves, as {@link #dotFloats} has it. */
  float squareFloats(long row, int count);

  /** {@code query} times the signed bytes at {@code row}, not scaled. */
  float dotBytes(float[] query, long row);

  /**
   * {@code query} times the 24-bit integers at {@code row}, not scaled: {@code query.length} signed
   * bytes of high parts, then as many unsigned shorts of low parts.
   */
  float dotFixed(float[] query, long row);

  /** As {@link #dotFloats} for the rows at {@code rows[at..at+3]}, into {@code out[at..at+3]}. */
  void dotFloats4(float[] query, long[] rows, int at, float[] out);

  /** As {@link #dotBytes} for the rows at {@code rows[at..at+3]}, into {@code out[at..at+3]}. */
  void dotBytes4(float[] query, long[] rows, int at, float[] out);

  /** As {@link #dotFixed} for the rows at {@code rows[at..at+3]}, into {@code out[at..at+3]}. */
  void dotFixed4(float[] query, long[] rows, int at, float[] out);

  /**
   * Writes {@code vector} over the signed bytes at {@code row}, in steps of which {@code largest}
   * has 127, rounded to the nearest and halves to the even.
   *
   * @param largest no smaller than any element's size, not 0
   */
  void narrowBytes(float[] vector, float largest, long row);

  /** Writes the signed bytes at {@code row} times {@code scale} over all of {@code into}. */
  void widenBytes(long row, float scale, float[] into);

  /** Writes the 24-bit integers at {@code row} times {@code scale} over all of {@code into}. */
  void widenFixed(long row, float scale, float[] into);
}
