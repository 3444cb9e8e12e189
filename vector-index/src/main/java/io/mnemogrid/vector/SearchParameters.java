package io.mnemogrid.vector;

import org.jspecify.annotations.Nullable;

/**
 * What a search asks for.
 *
 * @param k most hits, 1..{@value #MOST_HITS}
 * @param efSearch how many candidates are kept until the exact scores are taken; in a graph, the
 *     width of the walk (the HNSW paper's ef), of several graphs less for each. More is better
 *     recall and a longer search; at least {@code k}
 * @param visitBudget most vectors scored, or codes in their place, in all indexes searched
 *     together; the same whatever the tier. A scan scores what passes the filter and nothing else,
 *     a walk through a graph also what lies on its way. A search that needs more is ended there and
 *     marked incomplete: its hits are the best of what it has scored. Not counted are the exact
 *     scores of up to {@code efSearch} candidates, taken at the end if codes were scored. {@link
 *     #UNBOUNDED} if there is to be no end
 * @param filter passes the slots wanted, or null for all
 */
public record SearchParameters(int k, int efSearch, int visitBudget, @Nullable SlotFilter filter) {
  public static final int MOST_HITS = 10_000;
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final int LEAST_DEFAULT_EF = 64;

  public SearchParameters {
    if (k < 1 || k > MOST_HITS) {
      throw new IllegalArgumentException("k must be 1..%d, was %d".formatted(MOST_HITS, k));
    }
    if (efSearch < k || efSearch > 2 * MOST_HITS) {
      throw new IllegalArgumentException(
          "efSearch must be k..%d, was %d for k %d".formatted(2 * MOST_HITS, efSearch, k));
    }
    if (visitBudget < 1) {
      throw new IllegalArgumentException("visitBudget must be positive, was " + visitBudget);
    }
  }

  /** The {@code k} nearest of all, with an {@code efSearch} for a recall of at least 0.95. */
  public static SearchParameters of(int k) {
    return new SearchParameters(k, defaultEf(k), UNBOUNDED, null);
  }

  static int defaultEf(int k) {
    return Math.max(LEAST_DEFAULT_EF, 2 * k);
  }

  public SearchParameters withEfSearch(int value) {
    return new SearchParameters(k, value, visitBudget, filter);
  }

  public SearchParameters withVisitBudget(int value) {
    return new SearchParameters(k, efSearch, value, filter);
  }

  public SearchParameters withFilter(@Nullable SlotFilter value) {
    return new SearchParameters(k, efSearch, visitBudget, value);
  }
}
