package io.mnemogrid.node.lexical;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for, and by which statistics it is scored. Two indexes that are asked with the
 * same query give the same score to the same document.
 *
 * @param terms distinct, as {@link Analysis#question} makes them
 * @param statistics of all documents that are asked, for these terms
 */
public record LexicalQuery(List<String> terms, Statistics statistics, Bm25 parameters) {
  /** Terms of a question that are looked for; further ones are left out of it. */
  public static final int TERMS_MAX = 256;

  /**
   * A query scored as by default.
   *
   * @param statistics null if there are no documents
   */
  public static LexicalQuery of(List<String> terms, @Nullable Statistics statistics) {
    return new LexicalQuery(
        terms, statistics == null ? Statistics.none(terms.size()) : statistics, Bm25.DEFAULT);
  }

  /**
   * @throws IllegalArgumentException if there are more than {@value #TERMS_MAX} terms, some are the
   *     same, or the statistics are for another number of terms
   */
  public LexicalQuery {
    terms = List.copyOf(terms);
    if (terms.size() > TERMS_MAX) {
      throw new IllegalArgumentException(
          "a query has at most %d terms, not %d".formatted(TERMS_MAX, terms.size()));
    }
    if (new HashSet<>(terms).size() < terms.size()) {
      throw new IllegalArgumentException("the terms of a query are distinct");
    }
    if (statistics.documentFrequencies().length != terms.size()) {
      throw new IllegalArgumentException(
          "statistics for %d terms came with a query of %d"
              .formatted(statistics.documentFrequencies().length, terms.size()));
    }
  }
}
