package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A search that has been compiled allocates nothing, if it is given hits to write over. In a JVM
 * that does nothing else, as what is compiled depends on all that was run before.
 */
@Tag("own-jvm")
class AllocationTest {
  private static final int DIM = 128;
  private static final int SEARCHES = 1_000;
  private static final int MOST_ROUNDS = 60;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Hits hits = new Hits();

  @ParameterizedTest
  @CsvSource({
    "EXACT, NONE, 1, INT8",
    "CODES, ONE_BIT, 1, INT8",
    "CODES, ONE_BIT, 3, FLOAT32",
    "GRAPH, NONE, 1, FLOAT32",
    "GRAPH, ONE_BIT, 1, INT24",
    "GRAPH, TWO_BITS, 1, INT8",
    "GRAPH, TWO_BITS, 3, FLOAT32",
    "CODES, ONE_BIT, -3, INT8",
    "GRAPH, TWO_BITS, -3, INT8"
  })
  void nothingIsAllocated(Tier tier, Codes codes, int oneIn, RowFormat format) {
    var random = new SplittableRandom(1);
    float[] query = Vectors.gaussian(random, DIM);
    var parameters = SearchParameters.of(10).withFilter(everyNth(oneIn));
    var options =
        IndexOptions.of(DIM)
            .withTiers(IndexOptions.Tiers.only(tier).withCodes(codes))
            .withRows(format);
    try (var memory = new VectorMemory(64 << 20);
        var index = new VectorIndex(options, memory)) {
      for (float[] vector : Vectors.clustered(random, 4_500, DIM, 20)) {
        index.insert(vector);
      }
      index.maintain(4_400); // some stay in the tail
      try (var reader = index.openReader()) {
        assertNothingIsAllocated(() -> reader.search(query, parameters, hits));
        var source = new JointSearch.Source(reader, parameters.filter());
        List<JointSearch.Source> sources = List.of(source, source, source);
        assertNothingIsAllocated(() -> JointSearch.search(sources, query, parameters, hits));
      }
    }
  }

  private void assertNothingIsAllocated(Runnable search) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MOST_ROUNDS && least > 0; i++) {
      least = Math.min(least, bytes(search));
    }
    assertThat(least).isZero();
  }

  /** A filter that is known; asked, if negative. */
  private static @Nullable SlotFilter everyNth(int n) {
    if (n == 1) {
      return null;
    }
    if (n < 0) {
      return slot -> slot % n == 0;
    }
    var passing = new BitSet();
    for (int slot = 0; slot < 4_500; slot += n) {
      passing.set(slot);
    }
    return SlotFilter.of(passing);
  }

  private long bytes(Runnable search) {
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < SEARCHES; i++) {
      search.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
