package io.mnemogrid.node.recall;

import java.util.Arrays;

/** Brings scores of any size to 0..1, so that they can be weighed against each other. */
final class Scale {
  /** Damps what the first ranks count beside the next, as in the paper on reciprocal ranks. */
  private static final int RRF_K = 60;

  private Scale() {}

  /** Of scores that are at least 0, of which 0 says that nothing was found. */
  static double[] fromZero(double[] scores) {
    double top = Arrays.stream(scores).max().orElse(0);
    double[] scaled = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scaled[i] = top > 0 ? scores[i] / top : 0;
    }
    return scaled;
  }

  /**
   * Of scores of which only the differences say something.
   *
   * @param leastSpan from the lowest to the highest score, even where they are closer together: so
   *     that a few scores that are nearly equal do not end at 0 and 1
   */
  static double[] fromLowest(double[] scores, double leastSpan) {
    double top = Arrays.stream(scores).max().orElse(0);
    double lowest = Arrays.stream(scores).min().orElse(0);
    double span = Math.max(top - lowest, leastSpan);
    double[] scaled = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scaled[i] = span > 0 ? 1 - (top - scores[i]) / span : 1;
    }
    return scaled;
  }

  /**
   * By rank alone: 1 for the first, {@code (k + 1) / (k + rank)} behind it; equal scores share the
   * better rank. What is not above {@code floor} was not found and gets 0.
   */
  static double[] byRank(double[] scores, double floor) {
    double[] ascending = scores.clone();
    Arrays.sort(ascending);
    double[] scaled = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > floor) {
        int rank = 1 + ascending.length - firstAbove(ascending, scores[i]);
        scaled[i] = (RRF_K + 1.0) / (RRF_K + rank);
      }
    }
    return scaled;
  }

  private static int firstAbove(double[] ascending, double score) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] > score) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
