package io.mnemogrid.vector.kernel;

/**
 * Makes and compares codes of one or two bits an element. Stateless; any thread. The caller answers
 * for the memory behind each address.
 *
 * <p>A code is longs of bits and then corrections of four bytes each, as {@link CodeTerms} has
 * them. A <em>line</em> holds them one after the other, in whole cache lines. A <em>block</em>
 * holds eight codes of one bit: the first long of all eight, the second of all eight and so on,
 * then the first correction of all eight, the second and so on. So one vector register takes the
 * same part of eight codes, and a scan needs no sum across lanes.
 */
public interface CodeKernel {
  int BLOCK_ROWS = 8;

  /** The estimates of the lines at {@code lines[0..count-1]}, into {@code into[0..count-1]}. */
  void estimateLines(CodeTerms query, long[] lines, int count, float[] into);

  /**
   * The estimates of the eight codes of {@code block}.
   *
   * @param into eight floats; the estimates only if one of them is over {@code floor}
   * @return a bit for each code whose estimate is over {@code floor}
   */
  int estimateBlock(CodeTerms query, long block, float floor, float[] into);

  /**
   * Cuts {@code query - share * centre}: sets the planes of {@code terms} to the binary digits of
   * its elements in whole steps, the nearest of -8 to 7.
   *
   * @return the sum of all steps
   */
  int cut(float[] query, float[] centre, float share, float stepsPerUnit, CodeTerms terms);

  /** Writes {@code from[order[i]] * factors[i]} over {@code into[i]}, for all of them. */
  void reorder(float[] from, int[] order, float[] factors, float[] into);

  /**
   * The steps of a Walsh-Hadamard transform, from {@code leastStep} on, of the {@code count}
   * elements from {@code from} on; both powers of two. Each step makes lengths larger by the square
   * root of two.
   */
  void transform(float[] vector, int from, int count, int leastStep);

  float dot(float[] a, float[] b);

  /** The products of {@code a} with each of {@code rows}, which are a multiple of four. */
  void dots(float[][] rows, float[] a, float[] into);

  /** Adds to {@code a} each of {@code rows}, a multiple of four, {@code shares[row]} times. */
  void addAll(float[] a, float[][] rows, float[] shares);

  /** Adds {@code share} times {@code b} to {@code a}. */
  void add(float[] a, float[] b, float share);

  /** The squared length of {@code a - share * b}. */
  float squaredDistance(float[] a, float[] b, float share);

  /**
   * Makes the code of {@code vector} without its corrections. With d the difference from {@code
   * share} times the centre, one bit an element stands for k = -1/2 and 1/2, the sign of d; two
   * bits for -3/2, -1/2, 1/2 and 3/2, the signs of d + t, d and d - t.
   *
   * @param threshold t, or NaN for one bit
   * @param code receives one long for 64 elements, or two: all with the higher digit, then all with
   *     the lower
   * @param k receives what the code stands for
   * @return the sum of k * d
   */
  float encode(
      float[] vector, float[] centre, float share, float threshold, long[] code, float[] k);
}
