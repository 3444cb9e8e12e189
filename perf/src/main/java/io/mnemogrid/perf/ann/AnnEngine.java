package io.mnemogrid.perf.ann;

/**
 * An index over the vectors of one {@link VectorSet} that can be built once and then asked. One
 * thread calls it.
 */
interface AnnEngine extends AnnSearch, AutoCloseable {
  String name();

  /** Which release, and whatever of its options is not the same for all. */
  String description();

  /** How many threads its build can make use of. */
  int buildThreadsMost();

  /** Builds the index. Once. */
  BuildFigures build(GraphParameters parameters, int threads);

  /** What the built index occupies with the vectors in it, by the engine's own account. */
  double bytesPerVector();

  @Override
  void close();
}
