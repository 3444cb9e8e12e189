package io.mnemogrid.node.recall;

import java.util.List;

/**
 * Moves a question towards what was found best for it: Rocchio's formula without strangers (in
 * Salton, The SMART Retrieval System, 1971, chapter 14), on vectors.
 */
public final class Feedback {
  /** What the mean of the best counts beside the question. */
  private static final double WEIGHT = 0.5;

  private Feedback() {}

  /**
   * @param vector {@code float[dimension]}, not changed
   * @param best of the same dimension
   * @return as long as {@code vector}; {@code vector} itself if nothing moves it
   */
  public static float[] moved(float[] vector, List<float[]> best) {
    if (best.isEmpty()) {
      return vector;
    }
    double length = length(vector);
    double[] sum = new double[vector.length];
    for (float[] one : best) {
      double scale = WEIGHT * length / (length(one) * best.size());
      for (int i = 0; i < sum.length && Double.isFinite(scale); i++) {
        sum[i] += scale * one[i];
      }
    }
    double squares = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] += vector[i];
      squares += sum[i] * sum[i];
    }
    double back = length / Math.sqrt(squares);
    float[] moved = new float[vector.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (back * sum[i]);
    }
    return Double.isFinite(back) ? moved : vector;
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    return Math.sqrt(squares);
  }
}
