package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.Metric;

/** How near two vectors are, as a score that grows with similarity. */
public enum Similarity {
  /**
   * The inner product, unbounded. A graph is made for distances, which this is not: where lengths
   * differ much, or vectors are far from the origin beside what they differ by, walks find less.
   */
  DOT_PRODUCT(0, Metric.INNER_PRODUCT),
  /** The inner product of the vectors at length one, in [-1, 1]. Zero vectors are refused. */
  COSINE(1, Metric.INNER_PRODUCT),
  /**
   * The squared distance, negated: 0 for equal vectors, less the further apart they are. Taken from
   * squared lengths and the inner product, so right to some 1e-7 of the larger squared length:
   * vectors that are hundreds of times farther from the origin than from each other should be moved
   * to it first.
   */
  EUCLIDEAN(2, Metric.NEGATED_SQUARED_DISTANCE);

  private final int code;
  private final Metric metric;

  Similarity(int code, Metric metric) {
    this.code = code;
    this.metric = metric;
  }

  /** What stands for this in an image; never to be changed. */
  int code() {
    return code;
  }

  Metric metric() {
    return metric;
  }
}
