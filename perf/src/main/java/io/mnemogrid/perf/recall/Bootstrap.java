package io.mnemogrid.perf.recall;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How far a mean over questions may be off because other questions might have been asked: the
 * percentile bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993), which
 * draws as many questions as there are, with repetition, again and again. The same questions are
 * drawn for everything that is given the same seed.
 */
final class Bootstrap {
  private static final int RESAMPLES = 10_000;
  private static final double OUTSIDE = 0.05;

  private final long seed;

  Bootstrap(long seed) {
    this.seed = seed;
  }

  /** Where 95 % of the means of other samples are. */
  record Interval(double low, double high) {}

  /**
   * @param values one a question, at least one
   */
  Interval ofMean(double[] values) {
    var random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int j = 0; j < values.length; j++) {
        sum += values[random.nextInt(values.length)];
      }
      means[i] = sum / values.length;
    }
    Arrays.sort(means);
    int outsideEach = (int) (RESAMPLES * OUTSIDE / 2);
    return new Interval(means[outsideEach], means[RESAMPLES - 1 - outsideEach]);
  }
}
