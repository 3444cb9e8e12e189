package io.mnemogrid.node.recall;

import java.util.List;

/**
 * How much of the score of a turn some way off counts for a turn.
 *
 * @param before of the turn before it, of the one before that, and so on
 * @param after of the turn after it, and so on
 */
record NeighborWeights(List<Double> before, List<Double> after) {
  /** For words: answers repeat little of what the question before them says. */
  static final NeighborWeights LEXICAL =
      new NeighborWeights(List.of(0.4, 0.3, 0.15, 0.15), List.of(0.25, 0.2, 0.1, 0.1));

  /** For vectors. */
  static final NeighborWeights DENSE = new NeighborWeights(List.of(0.5), List.of(0.2));

  NeighborWeights {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Each value and the weighted values around it, summed. */
  double[] sum(double[] values, SessionLines lines) {
    double[] sums = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      sums[i] = values[i] + around(values, lines, i, 0);
    }
    return sums;
  }

  /**
   * The weighted mean of each value and those around it; where there is no turn, the value itself
   * stands for it, so that the first turn of a session is neither better nor worse off.
   */
  double[] mean(double[] values, SessionLines lines) {
    double total = 1;
    for (double weight : before) {
      total += weight;
    }
    for (double weight : after) {
      total += weight;
    }
    double[] means = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      means[i] = (values[i] + around(values, lines, i, values[i])) / total;
    }
    return means;
  }

  private double around(double[] values, SessionLines lines, int i, double absent) {
    double sum = 0;
    for (int d = 1; d <= SessionLines.REACH_MAX; d++) {
      if (d <= before.size()) {
        int neighbor = lines.neighbor(i, -d);
        sum += before.get(d - 1) * (neighbor < 0 ? absent : values[neighbor]);
      }
      if (d <= after.size()) {
        int neighbor = lines.neighbor(i, d);
        sum += after.get(d - 1) * (neighbor < 0 ? absent : values[neighbor]);
      }
    }
    return sum;
  }
}
