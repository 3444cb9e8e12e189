package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search that has been compiled allocates its hits and nothing else. */
class AllocationTest {
  private static final int DIM = 48;
  private static final int SEARCHES = 1_000;
  private static final int MOST_ROUNDS = 60;

  /** The hits, their array of ten longs, headers and padding. */
  private static final long MOST_BYTES_A_SEARCH = 144;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({"10000, 1, INT8", "100, 1, INT8", "100, 3, INT8", "100, 1, FLOAT32"})
  void onlyTheHitsAreAllocated(int exactScanLimit, int oneIn, RowFormat format) {
    var random = new SplittableRandom(1);
    float[] query = Vectors.gaussian(random, DIM);
    SlotFilter filter = oneIn == 1 ? null : slot -> slot % oneIn == 0;
    var parameters = SearchParameters.of(10).withFilter(filter);
    var options = IndexOptions.of(DIM).withExactScanLimit(exactScanLimit).withRows(format);
    try (var memory = new VectorMemory(64 << 20);
        var index = new VectorIndex(options, memory)) {
      for (float[] vector : Vectors.clustered(random, 1_500, DIM, 20)) {
        index.insert(vector);
      }
      index.maintain(1_400); // some stay in the tail
      try (var reader = index.openReader()) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_ROUNDS && least > MOST_BYTES_A_SEARCH; i++) {
          least = Math.min(least, bytesASearch(reader, query, parameters));
        }
        assertThat(least).isLessThanOrEqualTo(MOST_BYTES_A_SEARCH);
      }
    }
  }

  private long bytesASearch(VectorIndex.Reader reader, float[] query, SearchParameters parameters) {
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < SEARCHES; i++) {
      reader.search(query, parameters);
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / SEARCHES;
  }
}
