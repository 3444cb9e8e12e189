package io.mnemogrid.perf.recall;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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

  /** The mean of a figure, and where it may be. */
  String level(List<Grade> grades, ToDoubleFunction<Grade> figure) {
    return shown("%.3f (%.3f..%.3f)", values(grades, figure));
  }

  /**
   * How far the mean of a figure is from that of others.
   *
   * @param others of the same questions, in the same order
   */
  String difference(List<Grade> grades, List<Grade> others, ToDoubleFunction<Grade> figure) {
    return difference(values(grades, figure), values(others, figure));
  }

  /** As the other, of the figures themselves, one a question. */
  String difference(double[] mine, double[] theirs) {
    return shown(
        "%+.3f (%+.3f..%+.3f)",
        IntStream.range(0, mine.length).mapToDouble(i -> mine[i] - theirs[i]).toArray());
  }

  private static double[] values(List<Grade> grades, ToDoubleFunction<Grade> figure) {
    return grades.stream().mapToDouble(figure).toArray();
  }

  private String shown(String format, double[] values) {
    Interval interval = ofMean(values);
    double mean = Arrays.stream(values).average().orElseThrow();
    return String.format(Locale.ROOT, format, mean, interval.low(), interval.high());
  }
}
