package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.Hits;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.SearchParameters;
import io.mnemogrid.vector.Similarity;
import io.mnemogrid.vector.Tier;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** This project's own index. A reader is opened for each search, as a node does. */
final class MnemogridIndex implements JvmIndex {
  private static final int OPERATIONS_A_STEP = 10_000;

  private final String name;
  private final RowFormat rows;
  private final IndexOptions.Tiers tiers;
  private final VectorMemory memory = new VectorMemory(Long.MAX_VALUE);
  private @Nullable VectorIndex index;
  private int[] numberOfSlot = {};

  /** The graph from the first vector on, walked by codes of that kind. */
  MnemogridIndex(String name, RowFormat rows, Codes codes) {
    this.name = name;
    this.rows = rows;
    this.tiers = IndexOptions.Tiers.only(Tier.GRAPH).withCodes(codes);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "vector-index of this tree, rows %s, codes %s".formatted(rows, tiers.codes());
  }

  @Override
  public int buildThreadsMost() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public void build(float[][] vectors, GraphParameters parameters, int threads) {
    var options =
        IndexOptions.of(vectors[0].length)
            .withSimilarity(Similarity.DOT_PRODUCT)
            .withRows(rows)
            .withTiers(tiers)
            .withGraph(parameters.m(), parameters.efConstruction());
    var built = new VectorIndex(options, memory);
    index = built;
    numberOfSlot = new int[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      int slot = built.insert(vectors[i]);
      if (slot >= numberOfSlot.length) {
        numberOfSlot = Arrays.copyOf(numberOfSlot, 2 * slot);
      }
      numberOfSlot[slot] = i;
    }
    if (threads > 1) {
      built.buildGraph(threads);
    }
    while (built.pending() > 0) {
      built.maintain(OPERATIONS_A_STEP);
    }
  }

  @Override
  public long bytes() {
    return built().offHeapBytes();
  }

  @Override
  public Searcher newSearcher() {
    VectorIndex built = built();
    var hits = new Hits();
    return (query, ef, into) -> {
      try (VectorIndex.Reader reader = built.openReader()) {
        reader.search(query, SearchParameters.of(into.length).withEfSearch(ef), hits);
        for (int i = 0; i < hits.count(); i++) {
          into[i] = numberOfSlot[hits.slot(i)];
        }
        return hits.count();
      }
    };
  }

  private VectorIndex built() {
    return Objects.requireNonNull(index, "not built");
  }

  @Override
  public void close() {
    if (index != null) {
      index.close();
    }
    memory.close();
  }
}
