package io.mnemogrid.node.history;

/** What a client knows of what it asked for. */
public enum Outcome {
  /** It was done, and this was said. */
  OK,
  /** It was not done, and this was said. */
  REFUSED,
  /** No answer, or one that does not tell. It may still be done at any later time. */
  UNKNOWN
}
