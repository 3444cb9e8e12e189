package io.mnemogrid.vector.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.mnemogrid.vector.memory.NativeMemory;
import java.util.Arrays;

/** The plain twin of the SIMD code kernel. */
public final class ScalarCodeKernel implements CodeKernel {
  public static final CodeKernel INSTANCE = new ScalarCodeKernel();

  /** What is added to steps so that rounding down is rounding, and none is negative. */
  static final float TO_POSITIVE = 8.5f;

  static final int LARGEST_DIGIT = (1 << CodeTerms.PLANES) - 1;
  private static final int HIGHEST = CodeTerms.PLANES - 1;

  private ScalarCodeKernel() {}

  @Override
  public void estimateLines(CodeTerms query, long[] lines, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      long sum = 0;
      for (int w = 0; w < query.words; w++) {
        sum += weighedBits(query, w, word(lines[i] + (long) w * Long.BYTES));
      }
      long corrections = lines[i] + (long) query.words * Long.BYTES;
      into[i] = query.estimate((float) sum, corrections, Float.BYTES);
    }
  }

  @Override
  public int estimateBlock(CodeTerms query, long block, float floor, float[] into) {
    int over = 0;
    for (int row = 0; row < BLOCK_ROWS; row++) {
      long sum = 0;
      for (int w = 0; w < query.words; w++) {
        sum += weighedBits(query, w, word(block + (long) (w * BLOCK_ROWS + row) * Long.BYTES));
      }
      long corrections =
          block + (long) query.words * BLOCK_ROWS * Long.BYTES + (long) row * Float.BYTES;
      into[row] = query.estimate((float) sum, corrections, BLOCK_ROWS * Float.BYTES);
      over |= into[row] > floor ? 1 << row : 0;
    }
    return over;
  }

  @Override
  public int cut(float[] query, float[] centre, float share, float stepsPerUnit, CodeTerms terms) {
    int total = 0;
    for (int word = 0; word < terms.planeWords(); word++) {
      long[] digits = new long[CodeTerms.PLANES];
      int from = word * Long.SIZE;
      for (int i = from; i < Math.min(query.length, from + Long.SIZE); i++) {
        float d = query[i] - centre[i] * share;
        int steps = (int) (d * stepsPerUnit + TO_POSITIVE);
        steps = Math.clamp(steps, 0, LARGEST_DIGIT) - LARGEST_DIGIT / 2 - 1;
        total += steps;
        for (int j = 0; j < CodeTerms.PLANES; j++) {
          digits[j] |= (long) (steps >>> j & 1) << i;
        }
      }
      for (int j = 0; j < CodeTerms.PLANES; j++) {
        terms.setPlane(j, word, digits[j]);
      }
    }
    return total;
  }

  @Override
  public void reorder(float[] from, int[] order, float[] factors, float[] into) {
    reorderFrom(0, from, order, factors, into);
  }

  static void reorderFrom(int at, float[] from, int[] order, float[] factors, float[] into) {
    for (int i = at; i < into.length; i++) {
      into[i] = from[order[i]] * factors[i];
    }
  }

  @Override
  public void transform(float[] vector, int from, int count, int leastStep) {
    for (int step = leastStep; step < count; step *= 2) {
      for (int at = from; at < from + count; at += 2 * step) {
        for (int i = at; i < at + step; i++) {
          float a = vector[i];
          float b = vector[i + step];
          vector[i] = a + b;
          vector[i + step] = a - b;
        }
      }
    }
  }

  @Override
  public float dot(float[] a, float[] b) {
    return dotFrom(0, a, b);
  }

  static float dotFrom(int from, float[] a, float[] b) {
    float sum = 0;
    for (int i = from; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public void add(float[] a, float[] b, float share) {
    addFrom(0, a, b, share);
  }

  static void addFrom(int from, float[] a, float[] b, float share) {
    for (int i = from; i < a.length; i++) {
      a[i] += b[i] * share;
    }
  }

  @Override
  public void dots(float[][] rows, float[] a, float[] into) {
    for (int j = 0; j < rows.length; j++) {
      into[j] = dotFrom(0, a, rows[j]);
    }
  }

  @Override
  public void addAll(float[] a, float[][] rows, float[] shares) {
    for (int j = 0; j < rows.length; j++) {
      addFrom(0, a, rows[j], shares[j]);
    }
  }

  @Override
  public float squaredDistance(float[] a, float[] b, float share) {
    return squaredDistanceFrom(0, a, b, share);
  }

  static float squaredDistanceFrom(int from, float[] a, float[] b, float share) {
    float sum = 0;
    for (int i = from; i < a.length; i++) {
      float d = a[i] - b[i] * share;
      sum += d * d;
    }
    return sum;
  }

  @Override
  public float encode(
      float[] vector, float[] centre, float share, float threshold, long[] code, float[] k) {
    Arrays.fill(code, 0);
    return encodeFrom(0, vector, centre, share, threshold, code, k);
  }

  /** Adds what the elements from {@code from} on make of code and k; returns their sum of k * d. */
  static float encodeFrom(
      int from,
      float[] vector,
      float[] centre,
      float share,
      float threshold,
      long[] code,
      float[] k) {
    float sum = 0;
    int lower = code.length / 2;
    for (int i = from; i < vector.length; i++) {
      float d = vector[i] - centre[i] * share;
      boolean positive = d > 0;
      boolean large = Math.abs(d) > threshold; // false for NaN
      float absolute = large ? 1.5f : 0.5f;
      k[i] = positive ? absolute : -absolute;
      code[i >>> 6] |= positive ? 1L << i : 0;
      if (!Float.isNaN(threshold)) {
        code[lower + (i >>> 6)] |= positive == large ? 1L << i : 0;
      }
      sum += k[i] * d;
    }
    return sum;
  }

  private static long weighedBits(CodeTerms query, int word, long bits) {
    long sum = 0;
    for (int j = 0; j < CodeTerms.PLANES; j++) {
      long count = Long.bitCount(bits & query.planes[j * query.paddedWords + word]);
      sum += (j == HIGHEST ? -count : count) << j;
    }
    return sum << query.doublings[word];
  }

  private static long word(long address) {
    return NativeMemory.SPACE.get(JAVA_LONG_UNALIGNED, address);
  }
}
