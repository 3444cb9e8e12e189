package io.mnemogrid.perf.ann;

/** An index inside this JVM. {@link JvmEngine} measures it. */
interface JvmIndex extends AutoCloseable {
  String name();

  String description();

  int buildThreadsMost();

  /**
   * Builds the index; the number of a vector is its place in {@code vectors}.
   *
   * @param vectors of unit length; may be kept, are not changed
   */
  void build(float[][] vectors, GraphParameters parameters, int threads);

  long bytes();

  /** What one thread searches with. */
  Searcher newSearcher();

  @Override
  void close();

  /** One thread's way to search. */
  @FunctionalInterface
  interface Searcher {
    /**
     * Finds the {@code into.length} nearest by inner product.
     *
     * @param into filled with the numbers of the vectors found
     * @return how many were found
     */
    int search(float[] query, int ef, int[] into);
  }
}
