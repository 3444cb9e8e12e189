package io.mnemogrid.vector;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.Kernels;

/** Refuses vectors that cannot be compared, and says how to bring the others to length one. */
final class Normal {
  /** Two vectors of this squared length are at most four times as far apart, squared. */
  private static final float MOST_SQUARED = Float.MAX_VALUE / 4;

  /** So far from it that rounding does not matter. */
  private static final float SURELY_LESS = MOST_SQUARED / 2;

  private static final CodeKernel KERNEL = Kernels.bestForCodes();

  private Normal() {}

  /**
   * Checks {@code vector}.
   *
   * @return what {@code vector} has to be multiplied with: 1 unless only its direction counts
   * @throws InvalidVectorException if an element is NaN or infinite, if the squared length is more
   *     than a quarter of the largest float, or if there is no direction where one is needed
   */
  static float factor(float[] vector, Similarity similarity) {
    if (similarity != Similarity.COSINE && KERNEL.dot(vector, vector) < SURELY_LESS) {
      return 1;
    }
    double squared = squaredLength(vector);
    if (!Double.isFinite(squared)) {
      throw new InvalidVectorException("vector holds NaN or infinity");
    }
    if (similarity != Similarity.COSINE) {
      if (squared > MOST_SQUARED) {
        throw new InvalidVectorException("vector is too long for a score to be a number");
      }
      return 1;
    }
    float factor = (float) (1 / Math.sqrt(squared));
    if (squared == 0 || !Float.isFinite(factor)) {
      throw new InvalidVectorException("vector of length zero, or nearly so, has no direction");
    }
    return factor;
  }

  private static double squaredLength(float[] vector) {
    // Four sums at once: one would wait for itself at each step.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i <= vector.length - 4; i += 4) {
      sum0 += (double) vector[i] * vector[i];
      sum1 += (double) vector[i + 1] * vector[i + 1];
      sum2 += (double) vector[i + 2] * vector[i + 2];
      sum3 += (double) vector[i + 3] * vector[i + 3];
    }
    for (; i < vector.length; i++) {
      sum0 += (double) vector[i] * vector[i];
    }
    return sum0 + sum1 + sum2 + sum3;
  }
}
