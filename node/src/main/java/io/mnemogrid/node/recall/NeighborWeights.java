package io.mnemogrid.node.recall;

import java.util.List;

/**
 * How much of the score of a turn some way off counts for a turn.
 *
 * <p>Of the score of one turn, no two others may get more together than the turn itself: else a
 * higher score could set it behind them.
 *
 * @param before of the turn before it, of the one before that, and so on
 * @param after of the turn after it, and so on
 * @param answer that is added for the turn before it when that one asks something
 * @param outside of its own score, for a memory without a session: for what stands alone among
 *     turns that have theirs and their neighbours'
 */
record NeighborWeights(List<Double> before, List<Double> after, double answer, double outside) {
  /** For words: an answer repeats few of those of its question. */
  static final NeighborWeights LEXICAL =
      new NeighborWeights(List.of(0.3, 0.2, 0.15, 0.15), List.of(0.2, 0.15, 0.1, 0.1), 0.5, 0.5);

  /** For vectors: a turn is understood from the one before it. */
  static final NeighborWeights DENSE = new NeighborWeights(List.of(0.5), List.of(0.3), 0, 0);

  NeighborWeights {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * Each value and the weighted values around it, summed.
   *
   * @param asks whether each turn asks something
   */
  double[] sum(double[] values, SessionLines lines, boolean[] asks) {
    double[] sums = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (lines.isOutside(i)) {
        sums[i] = (1 + outside) * values[i];
        continue;
      }
      int previous = lines.neighbor(i, -1);
      double question = previous >= 0 && asks[previous] ? answer * values[previous] : 0;
      sums[i] = values[i] + question + around(values, lines, i, 0);
    }
    return sums;
  }

  /**
   * The weighted mean of each value and those around it; where there is no turn, the value itself
   * stands for it, so that the first turn of a session is neither better nor worse off.
   */
  double[] mean(double[] values, SessionLines lines) {
    double total = 1 + total(before) + total(after);
    double[] means = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      means[i] = (values[i] + around(values, lines, i, values[i])) / total;
    }
    return means;
  }

  private static double total(List<Double> weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    return total;
  }

  private double around(double[] values, SessionLines lines, int i, double absent) {
    double sum = 0;
    for (int d = 1; d <= before.size(); d++) {
      int neighbor = lines.neighbor(i, -d);
      sum += before.get(d - 1) * (neighbor < 0 ? absent : values[neighbor]);
    }
    for (int d = 1; d <= after.size(); d++) {
      int neighbor = lines.neighbor(i, d);
      sum += after.get(d - 1) * (neighbor < 0 ? absent : values[neighbor]);
    }
    return sum;
  }
}
