package io.mnemogrid.perf.ann;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The repetitions of one measurement. */
record Rates(List<Rate> rates) {
  private static final double NANOS = 1e9;

  double leastPerSecond() {
    return rates.stream().mapToDouble(Rate::perSecond).min().orElse(Double.NaN);
  }

  double medianPerSecond() {
    return median(Rate::perSecond);
  }

  double medianPerCpuSecond() {
    return median(Rate::perCpuSecond);
  }

  /** Processor time of one operation. */
  double medianCpuNanos() {
    return median(rate -> NANOS / rate.perCpuSecond());
  }

  /** Time of one operation on the clock. */
  double medianWallNanos() {
    return median(rate -> NANOS / rate.perSecond());
  }

  private double median(ToDoubleFunction<Rate> figure) {
    return median(rates.stream().mapToDouble(figure));
  }

  /** NaN if there are none. */
  static double median(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
