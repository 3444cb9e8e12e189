package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.Metric;

/** How near two vectors are, as a score that grows with similarity. */
public enum Similarity {
  /** The inner product, unbounded. */
  DOT_PRODUCT(0, Metric.INNER_PRODUCT),
  /** The inner product of the vectors at length one, in [-1, 1]. Zero vectors are refused. */
  COSINE(1, Metric.INNER_PRODUCT),
  /** The squared distance, negated: 0 for equal vectors, less the further apart they are. */
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
