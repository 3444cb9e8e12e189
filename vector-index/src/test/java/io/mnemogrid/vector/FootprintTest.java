package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Thousands of namespaces of a few memories each must be cheap. */
class FootprintTest {
  private static final int INDEXES = 10_000;
  private static final int DIM = 384;

  @Test
  void tenThousandIndexesOfFiveVectorsCostLittleMoreThanTheirRows() {
    var random = new SplittableRandom(1);
    float[] vector = Vectors.gaussian(random, DIM);
    var options = IndexOptions.of(DIM);
    var memory = new VectorMemory(64 << 20);
    var indexes = new VectorIndex[INDEXES];
    long heapBefore = heapInUse();
    for (int i = 0; i < INDEXES; i++) {
      indexes[i] = new VectorIndex(options, memory);
    }
    long heapEmpty = (heapInUse() - heapBefore) / INDEXES;
    for (VectorIndex index : indexes) {
      for (int v = 0; v < 5; v++) {
        index.insert(vector);
      }
    }
    long heapOfFive = (heapInUse() - heapBefore) / INDEXES;
    assertThat(memory.reservedBytes() / INDEXES).isLessThan(5 * 392 * 13 / 10);
    assertThat(heapEmpty).isLessThan(336);
    assertThat(heapOfFive).isLessThan(456);
    for (VectorIndex index : indexes) {
      index.close();
    }
    assertThat(memory.usedBytes()).isZero();
    assertThat(memory.reservedBytes()).isZero();
  }

  private static long heapInUse() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      var runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
