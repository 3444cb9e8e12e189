package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.hnsw.GraphValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random operations against exact search over a plain map. */
class ModelFuzzTest {
  private static final int DIM = 12;
  private static final int STEPS = 400;

  private int wanted;
  private int right;
  private final Map<Integer, float[]> model = new TreeMap<>();

  static Stream<Arguments> seedsAndFormats() {
    return LongStream.rangeClosed(1, 8)
        .boxed()
        .flatMap(seed ->
            Stream.of(RowFormat.FLOAT32, RowFormat.INT24).map(rows -> Arguments.of(seed, rows)));
  }

  @ParameterizedTest
  @MethodSource("seedsAndFormats")
  void anIndexBehavesAsExactSearch(long seed, RowFormat rows) {
    var random = new SplittableRandom(seed);
    var options =
        IndexOptions.of(DIM)
            .withSimilarity(List.of(Similarity.values()).get(random.nextInt(3)))
            .withRows(rows)
            .withGraph(4 + random.nextInt(8), 20 + random.nextInt(30))
            .withTiers(new IndexOptions.Tiers(Codes.NONE, 0, random.nextInt(3) * 100))
            .withSeed(seed);
    float[][] pool = Vectors.clustered(random, 2_000, DIM, 12);
    try (var memory = VectorMemory.poisoning(64 << 20)) {
      var index = new VectorIndex(options, memory);
      for (int step = 0; step < STEPS; step++) {
        String when = "seed %d step %d".formatted(seed, step);
        mutate(random, index, pool);
        if (random.nextInt(4) == 0) {
          index.maintain(random.nextInt(100));
        }
        check(when, random, index);
      }
      while (index.maintain(1_000) > 0) {
        check("seed %d at the end".formatted(seed), random, index);
      }
      assertThat(right).as("seed %d: recall", seed).isGreaterThan(wanted * 99 / 100);
      assertThat(index.pending()).as("seed %d", seed).isZero();
      index.close();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  private float[] modelled(int slot) {
    return Objects.requireNonNull(model.get(slot));
  }

  private void mutate(SplittableRandom random, VectorIndex index, float[][] pool) {
    boolean shrinking = random.nextInt(3) == 0;
    for (int i = random.nextInt(20); i >= 0; i--) {
      float[] vector = pool[random.nextInt(pool.length)];
      int what = random.nextInt(10);
      if (model.isEmpty() || what < (shrinking ? 2 : 6)) {
        int slot = index.insert(vector);
        assertThat(model.put(slot, vector)).isNull();
      } else {
        List<Integer> slots = new ArrayList<>(model.keySet());
        int slot = slots.get(random.nextInt(slots.size()));
        model.remove(slot);
        if (what < 8) {
          index.delete(slot);
        } else {
          assertThat(model.put(index.replace(slot, vector), vector)).isNull();
        }
      }
    }
  }

  private void check(String when, SplittableRandom random, VectorIndex index) {
    assertThat(index.size()).as(when).isEqualTo(model.size());
    if (index.tier() != null && random.nextInt(3) == 0) {
      GraphValidator.validate(when, index.tier().graph(), index.tier().linked(), index.live());
    }
    float[] query = Vectors.gaussian(random, DIM);
    int modulus = random.nextInt(4) == 0 ? 7 : 1;
    SlotFilter filter = modulus == 1 ? null : slot -> slot % modulus == 0;
    List<Integer> want =
        model.keySet().stream()
            .filter(slot -> slot % modulus == 0)
            .sorted((a, b) ->
                Double.compare(
                    Vectors.score(index.options().similarity(), query, modelled(b)),
                    Vectors.score(index.options().similarity(), query, modelled(a))))
            .limit(10)
            .toList();
    try (var reader = index.openReader()) {
      Hits hits =
          reader.search(query, SearchParameters.of(10).withEfSearch(300).withFilter(filter));
      assertThat(hits.complete()).as(when).isTrue();
      assertThat(hits.count()).as(when).isEqualTo(want.size());
      for (int i = 0; i < hits.count(); i++) {
        double found = Vectors.score(index.options().similarity(), query, modelled(hits.slot(i)));
        wanted++;
        double best = Vectors.score(index.options().similarity(), query, modelled(want.get(i)));
        assertThat(Math.abs(found - hits.score(i))).as(when).isLessThan(1e-3);
        boolean exact = best - found < 1e-3;
        right += exact ? 1 : 0;
        assertThat(exact || index.tier() != null).as("%s rank %d", when, i).isTrue();
      }
    }
  }
}
