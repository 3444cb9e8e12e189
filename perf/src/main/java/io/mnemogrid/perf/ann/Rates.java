package io.mnemogrid.perf.ann;

import java.util.List;
import java.util.function.ToDoubleFunction;

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
    if (rates.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = rates.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
