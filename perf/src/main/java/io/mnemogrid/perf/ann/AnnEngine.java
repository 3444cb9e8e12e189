package io.mnemogrid.perf.ann;

import java.time.Duration;

/**
 * An index over the vectors of one {@link VectorSet} that can be built once and then asked. One
 * thread calls it.
 */
interface AnnEngine extends AutoCloseable {
  String name();

  /** Which release, and whatever of its options is not the same for all. */
  String description();

  /** How many threads its build can make use of. */
  int buildThreadsMost();

  /** Builds the index. Once. */
  BuildFigures build(GraphParameters parameters, int threads);

  /** What the built index occupies with the vectors in it, by the engine's own account. */
  double bytesPerVector();

  /**
   * The share of the {@value Truth#K} nearest that is found, over all queries of the set.
   *
   * @param ef candidates that the search keeps, at least {@value Truth#K}
   */
  double recall(int ef);

  /** Has so many threads ask the queries of the set over and over for at least so long. */
  Rate measure(int ef, int threads, Duration atLeast);

  @Override
  void close();
}
