package io.mnemogrid.node.recall;

import java.util.Locale;

/** What can speak for a memory when a question is asked. */
public enum Signal {
  /** BM25 of its own words. */
  LEXICAL,
  /** BM25 of its own words and, with less weight, of the turns around it. */
  LEXICAL_NEIGHBORS,
  /** The best BM25 in its session. */
  LEXICAL_SESSION,
  /** Similarity of its vector. */
  DENSE,
  /** Weighted mean of the similarities of its vector and of those of the turns around it. */
  DENSE_NEIGHBORS,
  /** The best similarity in its session. */
  DENSE_SESSION,
  /** How well its time fits those that the question names. */
  DATE,
  /** The question names who speaks in it. */
  NAME,
  /** The question asks when, and it names a time. */
  WHEN,
  /** It does not ask something itself. */
  STATEMENT,
  /** It is long enough to say something. */
  LENGTH;

  /** As answers have it. */
  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the words of the question speak by it. */
  public boolean isOfWords() {
    return this == LEXICAL || this == LEXICAL_NEIGHBORS || this == LEXICAL_SESSION;
  }

  /** Whether the vector of the question speaks by it. */
  public boolean isOfVectors() {
    return this == DENSE || this == DENSE_NEIGHBORS || this == DENSE_SESSION;
  }
}
