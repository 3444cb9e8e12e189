package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.Hits;
import io.mnemogrid.vector.SearchParameters;
import io.mnemogrid.vector.SlotFilter;
import io.mnemogrid.vector.VectorIndex;
import org.jspecify.annotations.Nullable;

/** Searches this project's index, opening a reader for each search, as a node does. */
final class MnemogridSearcher implements JvmIndex.Searcher {
  private final VectorIndex index;
  private final int[] numberOfSlot;
  private final @Nullable SlotFilter filter;
  private final Hits hits = new Hits();

  /**
   * Searches {@code index}.
   *
   * @param numberOfSlot what a slot's vector is known by
   * @param filter passes the slots wanted, or null for all
   */
  MnemogridSearcher(VectorIndex index, int[] numberOfSlot, @Nullable SlotFilter filter) {
    this.index = index;
    this.numberOfSlot = numberOfSlot;
    this.filter = filter;
  }

  @Override
  public int search(float[] query, int ef, int[] into) {
    var parameters = SearchParameters.of(into.length).withEfSearch(ef).withFilter(filter);
    try (VectorIndex.Reader reader = index.openReader()) {
      reader.search(query, parameters, hits);
    }
    for (int i = 0; i < hits.count(); i++) {
      into[i] = numberOfSlot[hits.slot(i)];
    }
    return hits.count();
  }
}
