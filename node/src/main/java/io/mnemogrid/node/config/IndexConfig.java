package io.mnemogrid.node.config;

/**
 * The vectors outside the heap and the graphs over them. {@code m} and the two {@code ef} have the
 * names that the HNSW paper gives them.
 *
 * @param offHeapBytes bytes that this node's vectors and graphs may take together; a store beyond
 *     them is refused
 * @param rows how a vector's numbers are kept
 * @param m links of a vector in the graph, each way
 * @param efConstruction candidates looked at when a vector is linked into the graph
 * @param efSearch candidates looked at by a recall; 0: chosen from the number of hits wanted
 * @param codes what stands for the vectors in larger shards
 * @param codesAbove vectors of a shard up to which there are no codes, and every one is compared
 * @param graphAbove vectors of a shard up to which there is no graph, and every code is compared
 * @param tailLimit vectors of a shard that may wait for the indexer; a store beyond them is asked
 *     to come again
 * @param splitAbove memories of a shard above which its namespace is split into twice as many
 *     shards; 0: never
 */
public record IndexConfig(
    long offHeapBytes,
    Rows rows,
    int m,
    int efConstruction,
    int efSearch,
    Codes codes,
    int codesAbove,
    int graphAbove,
    int tailLimit,
    int splitAbove) {

  /** How a vector's numbers are kept. */
  public enum Rows {
    /** One byte a number: a quarter of the memory, at a loss of recall below a hundredth. */
    INT8,
    /** Four bytes a number. */
    FLOAT32
  }

  /** What stands for the vectors while many are compared with a question. */
  public enum Codes {
    /** The vectors themselves. */
    NONE,
    /** One bit a number. */
    ONE_BIT,
    /** One bit a number for scans, two for the graph. */
    TWO_BITS
  }

  public static final IndexConfig DEFAULTS =
      new IndexConfig(2L << 30, Rows.INT8, 16, 128, 0, Codes.TWO_BITS, 128, 10_000, 4_096, 50_000);

  public IndexConfig {
    var check = Violations.in("index");
    check.range("offHeapBytes", offHeapBytes, 16L << 20, 1L << 44);
    check.range("m", m, 4, 32);
    check.range("efConstruction", efConstruction, 16, 2_000);
    check.that(
        efConstruction >= m,
        "efConstruction",
        "must be at least index.m (%d), was %d",
        m,
        efConstruction);
    check.range("efSearch", efSearch, 0, 10_000);
    check.range("codesAbove", codesAbove, 0, 1_000_000);
    check.range("graphAbove", graphAbove, 0, 1_000_000);
    check.range("tailLimit", tailLimit, 16, 1_000_000);
    check.range("splitAbove", splitAbove, 0, 100_000_000);
    check.orThrow();
  }
}
