package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Similarity;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** This project's own index. */
final class MnemogridIndex implements JvmIndex {
  private static final int OPERATIONS_A_STEP = 10_000;

  private final String name;
  private final RowFormat rows;
  private final IndexOptions.Tiers tiers;
  private final VectorMemory memory = new VectorMemory(Long.MAX_VALUE);
  private @Nullable VectorIndex index;
  private int[] numberOfSlot = {};

  MnemogridIndex(String name, RowFormat rows, IndexOptions.Tiers tiers) {
    this.name = name;
    this.rows = rows;
    this.tiers = tiers;
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
    var options = options(vectors[0].length, rows, tiers, parameters);
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
    settle();
  }

  /** Maintains the index until there is nothing left to do; nobody may have a reader open. */
  void settle() {
    while (index().pending() > 0) {
      index().maintain(OPERATIONS_A_STEP);
    }
  }

  static IndexOptions options(
      int dimension, RowFormat rows, IndexOptions.Tiers tiers, GraphParameters parameters) {
    return IndexOptions.of(dimension)
        .withSimilarity(Similarity.DOT_PRODUCT)
        .withRows(rows)
        .withTiers(tiers)
        .withGraph(parameters.m(), parameters.efConstruction());
  }

  @Override
  public long bytes() {
    return index().offHeapBytes();
  }

  @Override
  public Searcher newSearcher() {
    return new MnemogridSearcher(index(), numberOfSlot, null);
  }

  /** What the vectors are known by, by their slot as built. */
  int[] numberOfSlot() {
    return numberOfSlot;
  }

  VectorIndex index() {
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
