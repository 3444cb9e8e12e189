package io.mnemogrid.vector.kernel;

import io.mnemogrid.vector.memory.NativeMemory;

/**
 * A query as the code kernels read it: four planes of bits, one for each binary digit of its
 * elements, and the numbers that turn a count of bits into an estimate.
 *
 * <p>A code of B bits an element is B planes too, the higher digit first. With f, g, u, h its
 * corrections, the estimate is {@code base + f * (countFactor * u + sumFactor * sum + offset) +
 * centreFactor * g + h}, where {@code sum} is that of {@code 2^(i+j) * bitCount(code plane i &
 * query plane j)}.
 */
public final class CodeTerms {
  /** Binary digits of a query's element. */
  public static final int PLANES = 4;

  /** Longs of a cache line. Planes are padded to whole lines, so kernels may read past a code. */
  public static final int LINE_WORDS = 8;

  public float base;
  public float countFactor;
  public float sumFactor;
  public float offset;
  public float centreFactor;

  /** Longs of a code. */
  final int words;

  final int paddedWords;

  /** The query's planes, each repeated for each plane of a code. */
  final long[] planes;

  /** By word of a code: how often its counts are to be doubled. */
  final long[] doublings;

  private final int planeWords;

  /**
   * Makes terms that are zero.
   *
   * @param bits of a code an element
   */
  public CodeTerms(int dimension, int bits) {
    this.planeWords = Math.ceilDiv(dimension, Long.SIZE);
    this.words = bits * planeWords;
    this.paddedWords = Math.ceilDiv(words, LINE_WORDS) * LINE_WORDS;
    this.planes = new long[PLANES * paddedWords];
    this.doublings = new long[paddedWords];
    for (int w = 0; w < words; w++) {
      doublings[w] = (long) bits - 1 - w / planeWords;
    }
  }

  /** Longs of a plane. */
  int planeWords() {
    return planeWords;
  }

  /** Writes 64 elements of query plane {@code j}. */
  void setPlane(int j, int word, long bits) {
    for (int w = word; w < words; w += planeWords) {
      planes[w + j * paddedWords] = bits;
    }
  }

  /**
   * The estimate from a weighed sum of bits.
   *
   * @param corrections address of f; g, u and h follow at distances of {@code strideBytes}
   */
  float estimate(float sum, long corrections, long strideBytes) {
    float f = NativeMemory.getFloat(corrections);
    float g = NativeMemory.getFloat(corrections + strideBytes);
    float u = NativeMemory.getFloat(corrections + 2 * strideBytes);
    float h = NativeMemory.getFloat(corrections + 3 * strideBytes);
    return base + f * (countFactor * u + sumFactor * sum + offset) + centreFactor * g + h;
  }
}
