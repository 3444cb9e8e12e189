package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.hnsw.GraphValidator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations on two indexes of random options, which are searched alone and together,
 * against exact search over plain maps.
 */
class ModelFuzzTest {
  private static final int STEPS = 150;
  private static final int K = 10;

  /** What is scored better by less than this, at scores of order one, is as good. */
  private static final double TIE = 1e-4;

  private int wanted;
  private int right;
  private int reloads;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void indexesBehaveAsExactSearch(long seed) {
    var random = new SplittableRandom(seed);
    IndexOptions options = options(random, seed);
    String what = "seed %d, %s".formatted(seed, options);
    float[][] pool = Vectors.clustered(random, 2_000, options.dimension(), 12);
    try (var memory = VectorMemory.poisoning(64 << 20)) {
      var shards = List.of(new Shard(options, memory), new Shard(options, memory));
      for (int step = 0; step < STEPS; step++) {
        String when = "step %d, %s".formatted(step, what);
        Shard shard = shards.get(random.nextInt(2));
        shard.mutate(random, pool);
        shard.maintain(random, memory);
        shard.validate(when);
        check(when, random, random.nextBoolean() ? shards : List.of(shard));
      }
      for (Shard shard : shards) {
        while (shard.index.maintain(1_000) > 0) {
          shard.validate(what);
        }
        assertThat(shard.index.pending()).as(what).isZero();
        shard.compact(Integer.MAX_VALUE);
        shard.validate(what);
      }
      check("at the end, " + what, random, shards);
      int inTen = options.tiers().codes() == Codes.NONE ? 99 : 95;
      assertThat(right).as("recall, %s", what).isGreaterThan(wanted * inTen / 100);
      assertThat(reloads).as(what).isPositive();
      shards.forEach(shard -> shard.index.close());
      assertThat(memory.usedBytes()).as(what).isZero();
    }
  }

  /** The kinds of codes and rows come in turn, so that each pair does; all else is by chance. */
  private static IndexOptions options(SplittableRandom random, long seed) {
    Codes codes = List.of(Codes.values()).get((int) (seed % 3));
    RowFormat rows = List.of(RowFormat.values()).get((int) (seed / 3 % 3));
    int codesAbove = random.nextInt(3) * 40;
    int graphAbove = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(3) * 100;
    return IndexOptions.of(codes == Codes.NONE ? 12 : 65 + random.nextInt(70))
        .withSimilarity(List.of(Similarity.values()).get(random.nextInt(3)))
        .withRows(rows)
        .withGraph(4 + random.nextInt(8), 20 + random.nextInt(30))
        .withTiers(new IndexOptions.Tiers(codes, codesAbove, graphAbove))
        .withSeed(seed);
  }

  private void check(String when, SplittableRandom random, List<Shard> shards) {
    float[] query = Vectors.gaussian(random, shards.get(0).index.dimension());
    int modulus = List.of(1, 1, 2, 7, 40).get(random.nextInt(5));
    SlotFilter filter = filter(random, modulus);
    List<VectorIndex.Reader> readers = shards.stream().map(s -> s.index.openReader()).toList();
    double[] want =
        IntStream.range(0, shards.size())
            .mapToObj(i ->
                shards.get(i).model.keySet().stream()
                    .filter(slot -> slot % modulus == 0)
                    .map(slot -> readers.get(i).scores(query, slot)[0]))
            .flatMap(Stream::sorted)
            .mapToDouble(score -> -score)
            .sorted()
            .limit(K)
            .toArray();
    boolean exact =
        shards.stream().allMatch(s -> s.index.tier() == null && s.index.codes() == null);
    Hits hits = search(readers, query, filter);
    assertThat(hits.complete()).as(when).isTrue();
    assertThat(hits.count()).as(when).isEqualTo(want.length);
    var seen = new HashSet<List<Integer>>();
    for (int i = 0; i < hits.count(); i++) {
      Shard shard = shards.get(hits.source(i));
      int slot = hits.slot(i);
      assertThat(seen.add(List.of(hits.source(i), slot))).as(when).isTrue();
      assertThat(slot % modulus).as(when).isZero();
      float[] vector = Objects.requireNonNull(shard.model.get(slot), when);
      float score = hits.score(i);
      double scale = Math.max(1, lengths(query, vector, shard.index.options().similarity()));
      double real = Vectors.score(shard.index.options().similarity(), query, vector);
      boolean rough = shard.index.options().rows() == RowFormat.INT8;
      assertThat(Math.abs(real - score)).as(when).isLessThan((rough ? 0.03 : TIE) * scale);
      boolean best = -want[i] - score < TIE * scale;
      assertThat(best || !exact).as("rank %d, %s", i, when).isTrue();
      right += best ? 1 : 0;
      wanted++;
    }
    readers.forEach(VectorIndex.Reader::close);
  }

  private static double lengths(float[] a, float[] b, Similarity similarity) {
    return similarity == Similarity.COSINE
        ? 1
        : Math.sqrt(
            Vectors.score(Similarity.DOT_PRODUCT, a, a)
                * Vectors.score(Similarity.DOT_PRODUCT, b, b));
  }

  private static @Nullable SlotFilter filter(SplittableRandom random, int modulus) {
    if (modulus == 1) {
      return null;
    }
    if (random.nextBoolean()) {
      return slot -> slot % modulus == 0;
    }
    var passing = new BitSet();
    for (int slot = 0; slot < 4_000; slot += modulus) {
      passing.set(slot);
    }
    return SlotFilter.of(passing);
  }

  private static Hits search(
      List<VectorIndex.Reader> readers, float[] query, @Nullable SlotFilter filter) {
    var parameters = SearchParameters.of(K).withEfSearch(300);
    if (readers.size() == 1) {
      return readers.get(0).search(query, parameters.withFilter(filter));
    }
    var hits = new Hits();
    var sources = readers.stream().map(r -> new JointSearch.Source(r, filter)).toList();
    JointSearch.search(sources, query, parameters, hits);
    return hits;
  }

  /** An index, and what it has to hold. */
  private final class Shard {
    private final Map<Integer, float[]> model = new TreeMap<>();
    private VectorIndex index;

    Shard(IndexOptions options, VectorMemory memory) {
      index = new VectorIndex(options, memory);
    }

    void mutate(SplittableRandom random, float[][] pool) {
      if (random.nextInt(30) == 0) {
        mutateAll(random, pool);
        return;
      }
      boolean shrinking = random.nextInt(3) == 0;
      for (int i = random.nextInt(60); i >= 0; i--) {
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

    /** As when all is forgotten, or embedded anew. */
    private void mutateAll(SplittableRandom random, float[][] pool) {
      boolean replaced = random.nextBoolean();
      for (int slot : List.copyOf(model.keySet())) {
        model.remove(slot);
        if (replaced) {
          float[] vector = pool[random.nextInt(pool.length)];
          assertThat(model.put(index.replace(slot, vector), vector)).isNull();
        } else {
          index.delete(slot);
        }
      }
    }

    void maintain(SplittableRandom random, VectorMemory memory) {
      int what = random.nextInt(20);
      if (what == 0) {
        index.buildGraph(1 + random.nextInt(3));
      } else if (what < 8) {
        index.maintain(random.nextInt(100));
      } else if (what < 10) {
        reload(memory);
      } else if (what < 12) {
        compact(random.nextInt(300));
      }
    }

    /** Some of it at least. */
    private void compact(int most) {
      for (int i = 0; i < most && index.size() > 0; i++) {
        int highest = index.slotEnd() - 1;
        int lower = index.moveDown(highest);
        assertThat(lower).isLessThanOrEqualTo(highest);
        if (lower == highest) {
          break;
        }
        assertThat(model.put(lower, Objects.requireNonNull(model.remove(highest)))).isNull();
      }
      index.trim();
    }

    /** In whatever state of maintenance it is. */
    private void reload(VectorMemory memory) {
      byte[] image = SnapshotTest.imageOf(index, 4_096);
      int pending = index.pending();
      index.close();
      try (var reader = new SnapshotReader(memory)) {
        reader.accept(image);
        index = reader.finish();
      }
      assertThat(index.pending()).isEqualTo(pending);
      reloads++;
    }

    void validate(String when) {
      assertThat(index.size()).as(when).isEqualTo(model.size());
      GraphTier tier = index.tier();
      if (tier != null) {
        GraphValidator.validate(when, tier.graph(), tier.linked(), index.live());
      }
    }
  }
}
