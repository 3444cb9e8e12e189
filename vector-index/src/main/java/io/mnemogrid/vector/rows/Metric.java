package io.mnemogrid.vector.rows;

/** How two vectors are scored; more is nearer. */
public enum Metric {
  INNER_PRODUCT,
  NEGATED_SQUARED_DISTANCE
}
