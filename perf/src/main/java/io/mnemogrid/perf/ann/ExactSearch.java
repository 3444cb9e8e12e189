package io.mnemogrid.perf.ann;

import java.util.Arrays;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The nearest by looking at all, on all processors. It shares no code with what it judges. */
final class ExactSearch {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

  /** So many queries stay in a processor's cache while the base passes by. */
  private static final int QUERIES_AT_ONCE = 125;

  private final float[][] base;
  private final float[][] queries;
  private final int[][] numbers;
  private final float[][] scores;

  private ExactSearch(float[][] base, float[][] queries) {
    if (base.length < Truth.K) {
      throw new IllegalArgumentException("fewer than %d vectors".formatted(Truth.K));
    }
    this.base = base;
    this.queries = queries;
    this.numbers = new int[queries.length][Truth.K];
    this.scores = new float[queries.length][Truth.K];
  }

  static Truth nearest(float[][] base, float[][] queries) {
    var search = new ExactSearch(base, queries);
    IntStream.range(0, Math.ceilDiv(queries.length, QUERIES_AT_ONCE))
        .parallel()
        .forEach(i -> search.scan(i * QUERIES_AT_ONCE));
    return new Truth(search.numbers, search.scores);
  }

  private void scan(int from) {
    int to = Math.min(from + QUERIES_AT_ONCE, queries.length);
    for (int i = from; i < to; i++) {
      Arrays.fill(scores[i], Float.NEGATIVE_INFINITY);
    }
    for (int number = 0; number < base.length; number++) {
      for (int i = from; i < to; i++) {
        float score = dot(base[number], queries[i]);
        if (score > scores[i][Truth.K - 1]) {
          insert(i, number, score);
        }
      }
    }
  }

  private void insert(int query, int number, float score) {
    int at = Truth.K - 1;
    for (; at > 0 && scores[query][at - 1] < score; at--) {
      scores[query][at] = scores[query][at - 1];
      numbers[query][at] = numbers[query][at - 1];
    }
    scores[query][at] = score;
    numbers[query][at] = number;
  }

  static float dot(float[] a, float[] b) {
    FloatVector even = FloatVector.zero(LANES);
    FloatVector odd = FloatVector.zero(LANES);
    int step = LANES.length();
    int i = 0;
    for (; i <= a.length - 2 * step; i += 2 * step) {
      even = FloatVector.fromArray(LANES, a, i).fma(FloatVector.fromArray(LANES, b, i), even);
      int j = i + step;
      odd = FloatVector.fromArray(LANES, a, j).fma(FloatVector.fromArray(LANES, b, j), odd);
    }
    float sum = even.add(odd).reduceLanes(VectorOperators.ADD);
    for (; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
