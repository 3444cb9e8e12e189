package io.mnemogrid.vector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches many indexes as if they were one, for far less than searching each: the query is
 * prepared once, all share one heap of candidates, each graph is walked only for its part of the
 * hits, and only the best candidates are scored exactly.
 */
public final class JointSearch {
  private JointSearch() {}

  /**
   * One of the indexes.
   *
   * @param filter passes the slots wanted of it, or null for all
   */
  public record Source(VectorIndex.Reader reader, @Nullable SlotFilter filter) {}

  /**
   * Finds the vectors nearest to {@code query} in all of {@code sources}.
   *
   * @param sources open readers of indexes with the same dimension, similarity, row format and
   *     memory; at least one
   * @param parameters whose budget is for all together, and whose filter is not used
   * @param into receives the hits, with {@link Hits#source} counted as in {@code sources}
   * @throws IllegalArgumentException if the indexes are not alike, if there is none, or if they
   *     have 2^31 slots or more together
   * @throws DimensionMismatchException if the query has another number of elements
   * @throws InvalidVectorException if it holds NaN or infinity, or is zero under cosine
   */
  public static void search(
      List<Source> sources, float[] query, SearchParameters parameters, Hits into) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("there is no index to search");
    }
    VectorIndex first = sources.get(0).reader().index();
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      source.reader().requireOpen();
      if (!first.isAlike(source.reader().index())) {
        throw new IllegalArgumentException("index %d is not like the first".formatted(i));
      }
    }
    Search search = first.beginSearch(query);
    search.run(sources, parameters, into);
    first.endSearch(search);
  }
}
