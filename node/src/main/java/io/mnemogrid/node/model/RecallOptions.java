package io.mnemogrid.node.model;

import org.jspecify.annotations.Nullable;

/**
 * How a recall goes about it.
 *
 * @param vectorWeight the vectors' share of the score where words count too, 0..1; null for what
 *     measured best
 * @param neighborhood whether the turns next to a hit in its session count and are hits themselves
 * @param iterations searches, 1..{@value #MOST_ITERATIONS}; each after the first takes what the one
 *     before found best for part of the question
 * @param rerank whether a configured model orders the best anew
 * @param explain whether the answer says how it came about
 */
public record RecallOptions(
    Routing routing,
    Fusing fusing,
    @Nullable Float vectorWeight,
    boolean neighborhood,
    int iterations,
    Scoring scoring,
    boolean rerank,
    boolean explain) {
  public static final int MOST_ITERATIONS = 3;

  public static final RecallOptions DEFAULTS =
      new RecallOptions(Routing.AUTO, Fusing.MINMAX, null, true, 1, Scoring.SMART, true, false);

  /** By what memories are found. */
  public enum Routing {
    /** By words and vectors where there are both. */
    AUTO,
    VECTOR,
    BM25,
    HYBRID
  }

  /** How the scores of words and vectors become one. */
  public enum Fusing {
    /** Each brought to 0..1 over the candidates, then weighed. */
    MINMAX,
    /** By the places alone that a memory has in the order by each. */
    RRF
  }

  /** How hits are ordered. */
  public enum Scoring {
    /** By relevance, adjusted by importance and the like. */
    SMART,
    /** By relevance alone. */
    RELEVANCE
  }

  public RecallOptions {
    if (vectorWeight != null && !(vectorWeight >= 0 && vectorWeight <= 1)) {
      throw new IllegalArgumentException("vectorWeight is 0..1, was " + vectorWeight);
    }
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new IllegalArgumentException(
          "iterations is 1..%d, was %d".formatted(MOST_ITERATIONS, iterations));
    }
  }
}
