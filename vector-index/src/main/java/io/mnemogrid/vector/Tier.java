package io.mnemogrid.vector;

/** The ways to search an index, in the order in which a growing one takes them up. */
public enum Tier {
  /** All vectors are scored. */
  EXACT,
  /** All codes are looked at, and the most promising vectors scored. */
  CODES,
  /** A graph is walked. */
  GRAPH
}
