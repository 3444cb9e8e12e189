package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An index that has shrunk gives back the memory of what it has lost. */
class CompactionTest {
  private static final int DIMENSION = 128;
  private static final int MANY = 12_000;

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, NONE, 2147483647",
    "INT8, ONE_BIT, 2147483647",
    "INT24, TWO_BITS, 1000",
    "INT8, NONE, 1000"
  })
  void oneThatHasShrunkTakesLittleMoreThanOneThatNeverGrew(
      RowFormat rows, Codes codes, int graphAbove) {
    var random = new SplittableRandom(1);
    var options =
        IndexOptions.of(DIMENSION)
            .withRows(rows)
            .withGraph(8, 30)
            .withTiers(new IndexOptions.Tiers(codes, 100, graphAbove));
    try (var memory = new VectorMemory(256 << 20)) {
      var index = new VectorIndex(options, memory);
      var left = new TreeMap<Integer, float[]>();
      for (int i = 0; i < MANY; i++) {
        float[] vector = Vectors.gaussian(random, DIMENSION);
        left.put(index.insert(vector), vector);
      }
      index.buildGraph(2);
      long full = index.offHeapBytes();
      for (int few : new int[] {1_200, 120, 3, 0}) {
        while (left.size() > few) {
          int slot = left.ceilingKey(random.nextInt(left.lastKey() + 1));
          left.remove(slot);
          index.delete(slot);
        }
        settle(index, left);
        assertThat(index.slotEnd()).isEqualTo(few);
        int found = 0;
        try (VectorIndex.Reader reader = index.openReader()) {
          for (var each : left.entrySet()) {
            Hits hits = reader.search(each.getValue(), SearchParameters.of(1).withEfSearch(300));
            found += hits.slot(0) == each.getKey() ? 1 : 0;
          }
        }
        assertThat(found).isGreaterThanOrEqualTo(few * 99 / 100);
        assertThat(index.offHeapBytes()).isLessThan(full * few / MANY * 5 / 4 + 100_000);
      }
      assertThat(index.offHeapBytes()).isZero();
      assertThat(memory.reservedBytes()).isZero();
      index.close();
    }
  }

  private static void settle(VectorIndex index, NavigableMap<Integer, float[]> left) {
    do {
      while (index.maintain(1_000) > 0) {
        // Deleted ones leave the graph first: their slots are the ones to be filled.
      }
      while (index.size() > 0) {
        int highest = index.slotEnd() - 1;
        int lower = index.moveDown(highest);
        if (lower == highest) {
          break;
        }
        left.put(lower, Objects.requireNonNull(left.remove(highest)));
      }
      index.trim();
    } while (index.pending() > 0);
    index.trim();
  }
}
