package io.mnemogrid.node.model;

import java.util.Objects;

/**
 * What to look for in one namespace.
 *
 * @param vector {@code float[dimension]} of the namespace
 * @param topK memories wanted, at least 1
 */
public record RecallQuery(
    Namespace namespace, float[] vector, int topK, MemoryFilter filter, Scoring scoring) {

  /** How hits are ordered. */
  public enum Scoring {
    /** Similarity, adjusted by importance and recency. */
    SMART,
    /** Similarity alone. */
    RELEVANCE
  }

  public RecallQuery {
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(filter);
  }
}
