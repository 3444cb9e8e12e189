package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.RowLayout;

/**
 * What an index is, fixed for its life. Indexes that are alike should share one instance.
 *
 * @param dimension elements of every vector, 1..{@value #MOST_DIMENSIONS}
 * @param tiers when it is searched in which way
 * @param m links a graph node keeps in the upper layers, twice as many at the ground (the HNSW
 *     paper's M), {@value #LEAST_M}..{@value #MOST_M}
 * @param efConstruction width of the search that finds a new node's neighbours, {@code m}..{@value
 *     #MOST_EF}
 * @param seed of the graph's random layers
 */
public record IndexOptions(
    int dimension,
    Similarity similarity,
    RowFormat rows,
    Tiers tiers,
    int m,
    int efConstruction,
    long seed) {
  public static final int MOST_DIMENSIONS = 16_384;
  public static final int LEAST_M = 4;
  public static final int MOST_M = 32;
  public static final int MOST_EF = 10_000;

  private static final int DEFAULT_M = 16;
  private static final int DEFAULT_EF_CONSTRUCTION = 128;
  private static final long DEFAULT_SEED = 0x6D6E656D6FL;

  public IndexOptions {
    check(dimension >= 1 && dimension <= MOST_DIMENSIONS, "dimension", dimension);
    check(m >= LEAST_M && m <= MOST_M, "m", m);
    check(efConstruction >= m && efConstruction <= MOST_EF, "efConstruction", efConstruction);
  }

  /** Cosine similarity on one byte an element, and the defaults of this page. */
  public static IndexOptions of(int dimension) {
    return new IndexOptions(
        dimension,
        Similarity.COSINE,
        RowFormat.INT8,
        Tiers.forDimension(dimension),
        DEFAULT_M,
        DEFAULT_EF_CONSTRUCTION,
        DEFAULT_SEED);
  }

  public IndexOptions withSimilarity(Similarity value) {
    return new IndexOptions(dimension, value, rows, tiers, m, efConstruction, seed);
  }

  public IndexOptions withRows(RowFormat value) {
    return new IndexOptions(dimension, similarity, value, tiers, m, efConstruction, seed);
  }

  public IndexOptions withTiers(Tiers value) {
    return new IndexOptions(dimension, similarity, rows, value, m, efConstruction, seed);
  }

  /** Sets {@link #m} and {@link #efConstruction}, which only make sense together. */
  public IndexOptions withGraph(int newM, int newEfConstruction) {
    return new IndexOptions(dimension, similarity, rows, tiers, newM, newEfConstruction, seed);
  }

  public IndexOptions withSeed(long value) {
    return new IndexOptions(dimension, similarity, rows, tiers, m, efConstruction, value);
  }

  /**
   * When an index is searched in which way; it changes over while it is used.
   *
   * @param codes what stands for the vectors once there are more than {@code codesAbove}
   * @param codesAbove up to this many vectors there are no codes, and all vectors are scored
   * @param graphAbove up to this many vectors there is no graph
   */
  public record Tiers(Codes codes, int codesAbove, int graphAbove) {
    /** With fewer dimensions one bit an element says too little of a vector. */
    private static final int LEAST_CODED_DIMENSIONS = 128;

    private static final int DEFAULT_CODES_ABOVE = 128;
    private static final int DEFAULT_GRAPH_ABOVE = 10_000;
    private static final int MOST_GRAPH_ABOVE_WITHOUT_CODES = 2_000;

    public Tiers {
      check(codesAbove >= 0, "codesAbove", codesAbove);
      check(graphAbove >= 0, "graphAbove", graphAbove);
    }

    /** What measured best for sentence embeddings of so many dimensions. */
    public static Tiers forDimension(int dimension) {
      return new Tiers(Codes.TWO_BITS, DEFAULT_CODES_ABOVE, DEFAULT_GRAPH_ABOVE)
          .suitedTo(dimension);
    }

    /**
     * The same, without codes and with graphs for smaller indexes if codes would say too little.
     */
    public Tiers suitedTo(int dimension) {
      return dimension < LEAST_CODED_DIMENSIONS
          ? new Tiers(Codes.NONE, codesAbove, Math.min(graphAbove, MOST_GRAPH_ABOVE_WITHOUT_CODES))
          : this;
    }

    /** That way from the first vector on. */
    public static Tiers only(Tier tier) {
      return switch (tier) {
        case EXACT -> new Tiers(Codes.NONE, Integer.MAX_VALUE, Integer.MAX_VALUE);
        case CODES -> new Tiers(Codes.ONE_BIT, 0, Integer.MAX_VALUE);
        case GRAPH -> new Tiers(Codes.TWO_BITS, 0, 0);
      };
    }

    public Tiers withCodes(Codes value) {
      return new Tiers(value, codesAbove, graphAbove);
    }

    public Tiers withLimits(int newCodesAbove, int newGraphAbove) {
      return new Tiers(codes, newCodesAbove, newGraphAbove);
    }
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
