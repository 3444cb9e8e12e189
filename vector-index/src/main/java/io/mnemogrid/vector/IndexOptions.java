package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.RowLayout;

/**
 * What an index is, fixed for its life. Indexes that are alike should share one instance.
 *
 * @param dimension elements of every vector, 1..{@value #MOST_DIMENSIONS}
 * @param m links a graph node keeps in the upper layers, twice as many at the ground (the HNSW
 *     paper's M), {@value #LEAST_M}..{@value #MOST_M}
 * @param efConstruction width of the search that finds a new node's neighbours, {@code m}..{@value
 *     #MOST_EF}
 * @param exactScanLimit up to this many vectors there is no graph and every search scans them all
 * @param seed of the graph's random layers
 */
public record IndexOptions(
    int dimension,
    Similarity similarity,
    RowFormat rows,
    int m,
    int efConstruction,
    int exactScanLimit,
    long seed) {
  public static final int MOST_DIMENSIONS = 16_384;
  public static final int LEAST_M = 4;
  public static final int MOST_M = 32;
  public static final int MOST_EF = 10_000;

  private static final int DEFAULT_M = 16;
  private static final int DEFAULT_EF_CONSTRUCTION = 128;
  private static final int DEFAULT_EXACT_SCAN_LIMIT = 2_000;
  private static final long DEFAULT_SEED = 0x6D6E656D6FL;

  public IndexOptions {
    check(dimension >= 1 && dimension <= MOST_DIMENSIONS, "dimension", dimension);
    check(m >= LEAST_M && m <= MOST_M, "m", m);
    check(efConstruction >= m && efConstruction <= MOST_EF, "efConstruction", efConstruction);
    check(exactScanLimit >= 0, "exactScanLimit", exactScanLimit);
  }

  /** Cosine similarity on one byte an element, and the defaults of this page. */
  public static IndexOptions of(int dimension) {
    return new IndexOptions(
        dimension,
        Similarity.COSINE,
        RowFormat.INT8,
        DEFAULT_M,
        DEFAULT_EF_CONSTRUCTION,
        DEFAULT_EXACT_SCAN_LIMIT,
        DEFAULT_SEED);
  }

  public IndexOptions withSimilarity(Similarity value) {
    return new IndexOptions(dimension, value, rows, m, efConstruction, exactScanLimit, seed);
  }

  public IndexOptions withRows(RowFormat value) {
    return new IndexOptions(dimension, similarity, value, m, efConstruction, exactScanLimit, seed);
  }

  /** Sets {@link #m} and {@link #efConstruction}, which only make sense together. */
  public IndexOptions withGraph(int newM, int newEfConstruction) {
    return new IndexOptions(
        dimension, similarity, rows, newM, newEfConstruction, exactScanLimit, seed);
  }

  public IndexOptions withExactScanLimit(int value) {
    return new IndexOptions(dimension, similarity, rows, m, efConstruction, value, seed);
  }

  public IndexOptions withSeed(long value) {
    return new IndexOptions(dimension, similarity, rows, m, efConstruction, exactScanLimit, value);
  }

  RowLayout layout() {
    return new RowLayout(dimension, rows.encoding(), similarity.metric());
  }

  private static void check(boolean holds, String name, int value) {
    if (!holds) {
      throw new IllegalArgumentException("%s is out of range: %d".formatted(name, value));
    }
  }
}
