package io.mnemogrid.perf.ann;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The recall of one search, measured once for each ef that is asked for. */
final class RecallByEf {
  static final int MOST_EF = 2_000;

  private final AnnSearch search;
  private final Map<Integer, Double> known = new HashMap<>();

  RecallByEf(AnnSearch search) {
    this.search = search;
  }

  double at(int ef) {
    return known.computeIfAbsent(ef, search::recall);
  }

  /** The least ef that reaches this recall; empty if none up to {@value #MOST_EF} does. */
  OptionalInt leastEf(double recall) {
    int reaches = Truth.K;
    int misses = Truth.K - 1;
    while (at(reaches) < recall) {
      if (reaches == MOST_EF) {
        return OptionalInt.empty();
      }
      misses = reaches;
      reaches = Math.min(2 * reaches, MOST_EF);
    }
    while (reaches - misses > 1) {
      int middle = (reaches + misses) / 2;
      if (at(middle) < recall) {
        misses = middle;
      } else {
        reaches = middle;
      }
    }
    return OptionalInt.of(reaches);
  }
}
