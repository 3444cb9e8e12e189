package io.mnemogrid.vector.kernel;

import io.mnemogrid.vector.memory.NativeMemory;

/**
 * A query as the code kernels read it: four planes of bits, one for each binary digit of its
 * elements, which are two's complements, and the numbers that turn a count of bits into an
 * estimate.
 *
 * <p>A code of B bits an element is B planes too, the higher digit first. The estimate is {@code
 * base + f * (sumFactor * sum + offset) + centreFactor * g + h + axisFactors * s}, where {@code
 * sum} is that of {@code 2^(i+j) * bitCount(code plane i & query plane j)}, less for the highest j;
 * and f, g, h and s the code's corrections: first f and g in 32 bits together, f without its sign,
 * which is never there, and with {@value #F_BITS} of a float's bits, as the estimate's error is
 * many times what that costs, and g with the rest of them; then, of distances, h (float); and then,
 * if it has {@link #AXES}, s, one byte for each axis, four to a correction.
 */
public final class CodeTerms {
  /** Binary digits of a query's element. */
  public static final int PLANES = 4;

  /** Axes that codes have, if they have any: enough to fill two corrections. */
  public static final int AXES = 8;

  /** Longs of a cache line. Planes are padded to whole lines, so kernels may read past a code. */
  public static final int LINE_WORDS = 8;

  /** Exponent, and four binary digits. */
  static final int F_BITS = 12;

  /** Sign, exponent, and eleven binary digits. */
  private static final int G_BITS = Integer.SIZE - F_BITS;

  /** Where f is in a float, once the whole is moved by one. */
  static final int F_MASK = -1 >>> 1 & -1 << G_BITS - 1;

  public float base;
  public float sumFactor;
  public float offset;
  public float centreFactor;

  /** What a step along each axis adds. */
  public final float[] axisFactors = new float[AXES];

  /** Whether codes have shares of axes; those in lines have none. */
  public boolean hasAxes;

  /** Whether codes have h. */
  final boolean ofDistance;

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
   * @param ofDistance whether scores are distances, not inner products
   */
  public CodeTerms(int dimension, int bits, boolean ofDistance) {
    this.ofDistance = ofDistance;
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

  /** Corrections of a code. */
  public static int corrections(boolean ofDistance, boolean hasAxes) {
    return 1 + (ofDistance ? 1 : 0) + (hasAxes ? AXES / Integer.BYTES : 0);
  }

  /**
   * The first correction: f and g up to their last bits.
   *
   * @param f at least 0
   */
  public static int pack(float f, float g) {
    return upper(f, F_BITS + 1) << G_BITS | upper(g, G_BITS);
  }

  /** The upper bits of a float, rounded. */
  private static int upper(float value, int bits) {
    int dropped = Integer.SIZE - bits;
    return Float.floatToRawIntBits(value) + (1 << dropped - 1) >>> dropped;
  }

  /** The f of a first correction. */
  public static float f(int packed) {
    return Float.intBitsToFloat(packed >>> 1 & F_MASK);
  }

  private static float g(int packed) {
    return Float.intBitsToFloat(packed << F_BITS);
  }

  /**
   * The estimate from a weighed sum of bits.
   *
   * @param corrections address of the first; others follow at distances of {@code strideBytes}
   */
  float estimate(float sum, long corrections, long strideBytes) {
    return estimate(sum, NativeMemory.getInt(corrections))
        + ofMoreCorrections(corrections, strideBytes);
  }

  /** The estimate without {@link #ofMoreCorrections}. */
  float estimate(float sum, int first) {
    return base + f(first) * (sumFactor * sum + offset) + centreFactor * g(first);
  }

  boolean hasMoreCorrections() {
    return ofDistance || hasAxes;
  }

  /** What the corrections after the first add. */
  float ofMoreCorrections(long corrections, long strideBytes) {
    long next = corrections + strideBytes;
    float more = 0;
    if (ofDistance) {
      more += NativeMemory.getFloat(next);
      next += strideBytes;
    }
    if (hasAxes) {
      for (int j = 0; j < AXES; j++) {
        long shares = next + j / Integer.BYTES * strideBytes;
        more += axisFactors[j] * NativeMemory.getByte(shares + j % Integer.BYTES);
      }
    }
    return more;
  }
}
