package io.mnemogrid.perf.ann;

import java.util.Arrays;
import java.util.Locale;

/**
 * What the engines are compared on.
 *
 * @param base vectors of unit length, known by their place
 * @param truth what is exactly nearest to each query
 */
record VectorSet(String name, float[][] base, float[][] queries, Truth truth) {
  int count() {
    return base.length;
  }

  int dimension() {
    return base[0].length;
  }

  /** In words. */
  String description() {
    return String.format(
        Locale.ROOT,
        "%s, %,d of %d dimensions, %,d queries, inner product, the best %d",
        name,
        count(),
        dimension(),
        queries.length,
        Truth.K);
  }

  /** Only the first vectors, and the truth of all: good to be built from, not to be asked. */
  VectorSet first(int most) {
    return new VectorSet(name, Arrays.copyOf(base, Math.min(most, base.length)), queries, truth);
  }
}
