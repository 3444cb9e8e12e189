package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.hnsw.GraphValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes that run out of memory wherever it happens: what they hold is found, and no more. */
class MemoryLimitFuzzTest {
  private static final int DIM = 64;
  private static final int STEPS = 60;

  private int refused;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsRefusedChangesNothing(long seed) {
    var random = new SplittableRandom(seed);
    long limit = random.nextLong(100_000, 900_000);
    var options =
        IndexOptions.of(DIM)
            .withRows(RowFormat.FLOAT32)
            .withGraph(4 + random.nextInt(8), 30)
            .withTiers(new IndexOptions.Tiers(Codes.TWO_BITS, 50, 50 + random.nextInt(400)));
    String what = "seed %d, limit %d, %s".formatted(seed, limit, options);
    try (var memory = VectorMemory.poisoning(limit)) {
      var index = new VectorIndex(options, memory);
      Map<Integer, float[]> model = new TreeMap<>();
      for (int step = 0; step < STEPS; step++) {
        change(index, model, random);
        maintain(index, random);
        check(what, index, model);
        assertThat(memory.usedBytes()).as(what).isLessThanOrEqualTo(limit);
      }
      index.close();
      assertThat(memory.usedBytes()).as(what).isZero();
    }
    assertThat(refused).as(what).isPositive();
  }

  private void change(VectorIndex index, Map<Integer, float[]> model, SplittableRandom random) {
    boolean shrinking = random.nextInt(4) == 0;
    for (int i = random.nextInt(150); i >= 0; i--) {
      if (shrinking && !model.isEmpty()) {
        List<Integer> slots = new ArrayList<>(model.keySet());
        int slot = slots.get(random.nextInt(slots.size()));
        index.delete(slot);
        model.remove(slot);
        continue;
      }
      float[] vector = Vectors.gaussian(random, DIM);
      try {
        assertThat(model.put(index.insert(vector), vector)).isNull();
      } catch (VectorMemoryExhausted e) {
        refused++;
      }
    }
    if (random.nextInt(8) == 0) {
      index.trim();
    }
  }

  private void maintain(VectorIndex index, SplittableRandom random) {
    try {
      if (random.nextInt(3) == 0) {
        index.buildGraph(2);
      } else {
        index.maintain(random.nextInt(400));
      }
    } catch (VectorMemoryExhausted e) {
      refused++;
    }
  }

  private static void check(String what, VectorIndex index, Map<Integer, float[]> model) {
    assertThat(index.size()).as(what).isEqualTo(model.size());
    GraphTier tier = index.tier();
    if (tier != null) {
      GraphValidator.validate(what, tier.graph(), tier.linked(), index.live());
    }
    try (var reader = index.openReader()) {
      int turn = 0;
      for (Map.Entry<Integer, float[]> held : model.entrySet()) {
        if (turn++ % 20 == 0) {
          Hits hits = reader.search(held.getValue(), SearchParameters.of(1).withEfSearch(100));
          assertThat(hits.slot(0)).as(what).isEqualTo(held.getKey());
        }
      }
    }
  }
}
