package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.vector.JointSearch.Source;
import io.mnemogrid.vector.hnsw.GraphValidator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All tiers on vectors of the kind they are made for, against exact search in full precision. */
class TiersTest {
  private static final int DIM = 384;
  private static final int COUNT = 5_000;
  private static final int QUERIES = 50;

  /** So that half a point of recall is more than chance. */
  private static final int MANY_QUERIES = 2_000;

  private static final float[][] VECTORS =
      Vectors.clustered(new SplittableRandom(31), COUNT + MANY_QUERIES, DIM, 200);

  private final VectorMemory memory = new VectorMemory(512 << 20);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(memory.usedBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "EXACT, COSINE, FLOAT32, NONE", "CODES, COSINE, FLOAT32, ONE_BIT",
    "CODES, EUCLIDEAN, INT24, ONE_BIT", "CODES, DOT_PRODUCT, INT8, ONE_BIT",
    "GRAPH, COSINE, FLOAT32, TWO_BITS", "GRAPH, EUCLIDEAN, FLOAT32, TWO_BITS",
    "GRAPH, DOT_PRODUCT, INT24, TWO_BITS", "GRAPH, COSINE, INT8, ONE_BIT",
    "GRAPH, COSINE, INT8, NONE"
  })
  void everyTierFindsTheNearestWithAndWithoutAFilter(
      Tier tier, Similarity similarity, RowFormat rows, Codes codes) {
    var options =
        IndexOptions.of(DIM)
            .withSimilarity(similarity)
            .withRows(rows)
            .withTiers(IndexOptions.Tiers.only(tier).withCodes(codes));
    try (var index = build(options, COUNT, 1)) {
      assertThat(recall(index, COUNT, 1)).isGreaterThan(0.95);
      for (int oneIn : new int[] {2, 10, 100, 1_000}) {
        assertThat(recall(index, COUNT, oneIn)).as("1 in %d", oneIn).isGreaterThan(0.95);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Tier.class,
      names = {"CODES", "GRAPH"})
  void deletingHalfCostsNoRecall(Tier tier) {
    var options = IndexOptions.of(DIM).withTiers(IndexOptions.Tiers.only(tier));
    try (var index = build(options, COUNT, 1);
        var fresh = new VectorIndex(options, memory)) {
      var random = new SplittableRandom(5);
      var live = new BitSet();
      for (int slot = 0; slot < COUNT; slot++) {
        if (random.nextBoolean()) {
          index.delete(slot);
        } else {
          live.set(slot);
          fresh.insert(VECTORS[slot]);
        }
      }
      settle(index);
      settle(fresh);
      GraphTier graph = index.tier();
      if (graph != null) {
        GraphValidator.validate("swept", graph.graph(), graph.linked(), index.live());
      }
      int[] numbers = live.stream().toArray();
      var byDefault = SearchParameters.of(10);
      double[] tenth = tenthBest(index.options().similarity(), live, MANY_QUERIES);
      double left = recallOf(index, live, slot -> slot, byDefault, tenth);
      double anew = recallOf(fresh, live, slot -> numbers[slot], byDefault, tenth);
      assertThat(left).isGreaterThan(anew - 0.005);
    }
  }

  @Test
  void aGrowingIndexPassesThroughAllTiersAndBack() {
    var tiers = new IndexOptions.Tiers(Codes.TWO_BITS, 100, 1_000);
    var options = IndexOptions.of(DIM).withRows(RowFormat.FLOAT32).withTiers(tiers);
    try (var index = new VectorIndex(options, memory)) {
      for (int slot = 0; slot < 2_000; slot++) {
        assertThat(index.insert(VECTORS[slot])).isEqualTo(slot);
        assertThat(index.codes() != null).isEqualTo(slot >= 100);
        if (slot % 250 == 249) {
          assertThat(recall(index, slot + 1, 1)).as("at %d", slot).isGreaterThan(0.95);
          settle(index);
          assertThat(index.tier() != null).isEqualTo(slot >= 1_000);
          assertThat(recall(index, slot + 1, 1)).as("at %d", slot).isGreaterThan(0.95);
        }
      }
      assertThat(Objects.requireNonNull(index.codes()).isLines()).isTrue();
      for (int slot = 1_999; slot >= 0; slot--) {
        index.delete(slot);
        if (slot % 200 == 0 && slot > 0) {
          settle(index);
          assertThat(recall(index, slot, 1)).as("at %d", slot).isGreaterThan(0.95);
        }
      }
      settle(index);
      assertThat(index.tier()).isNull();
      assertThat(index.codes()).isNull();
      assertThat(index.memory().codeBytes()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aGraphBuiltByManyThreadsIsThatOfOne(int threads) {
    var options = IndexOptions.of(DIM).withTiers(IndexOptions.Tiers.only(Tier.GRAPH));
    try (var one = build(options, COUNT, 1);
        var many = build(options, COUNT, threads);
        var again = build(options, COUNT, threads + 1)) {
      GraphTier graph = Objects.requireNonNull(many.tier());
      GraphValidator.validate("bulk", graph.graph(), graph.linked(), many.live());
      assertThat(recall(many, COUNT, 1)).isGreaterThan(recall(one, COUNT, 1) - 0.01);
      try (var a = many.openReader();
          var b = again.openReader()) {
        for (int q = COUNT; q < COUNT + QUERIES; q++) {
          assertThat(slots(a.search(VECTORS[q], SearchParameters.of(10))))
              .isEqualTo(slots(b.search(VECTORS[q], SearchParameters.of(10))));
        }
      }
    }
  }

  /** New vectors wait in the tail while a reader keeps the last nodes from being taken out. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void allAreReplacedWhileAReaderIsOpen(int threads) {
    var options = IndexOptions.of(DIM).withTiers(IndexOptions.Tiers.only(Tier.GRAPH));
    try (var index = build(options, COUNT / 2, 2)) {
      var former = index.openReader();
      for (int slot = 0; slot < COUNT / 2; slot++) {
        index.delete(slot);
      }
      index.maintain(1);
      for (int i = 0; i < COUNT / 2; i++) {
        assertThat(index.insert(VECTORS[i])).isEqualTo(COUNT / 2 + i);
      }
      build(index, threads);
      assertThat(index.pending()).isEqualTo(COUNT);
      assertFindsEach(index);
      former.close();
      build(index, threads);
      settle(index);
      GraphTier graph = Objects.requireNonNull(index.tier());
      GraphValidator.validate("replaced", graph.graph(), graph.linked(), index.live());
      assertFindsEach(index);
    }
  }

  private static void build(VectorIndex index, int threads) {
    if (threads == 1) {
      index.maintain(Integer.MAX_VALUE);
    } else {
      index.buildGraph(threads);
    }
  }

  private static void assertFindsEach(VectorIndex index) {
    try (var reader = index.openReader()) {
      for (int i = 0; i < COUNT / 2; i += 50) {
        assertThat(reader.search(VECTORS[i], SearchParameters.of(1)).slot(0))
            .isEqualTo(COUNT / 2 + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void manyIndexesAreSearchedAsOne(Tier tier) {
    var options =
        IndexOptions.of(DIM).withRows(RowFormat.FLOAT32).withTiers(IndexOptions.Tiers.only(tier));
    int shards = 7;
    List<VectorIndex> indexes = new ArrayList<>();
    List<Source> sources = new ArrayList<>();
    try (var one = build(options, COUNT, 1)) {
      for (int s = 0; s <= shards; s++) {
        indexes.add(new VectorIndex(options, memory)); // the last stays empty
      }
      for (int i = 0; i < COUNT; i++) {
        assertThat(indexes.get(i % shards).insert(VECTORS[i])).isEqualTo(i / shards);
      }
      indexes.forEach(TiersTest::settle);
      indexes.forEach(index -> sources.add(new Source(index.openReader(), null)));
      int shared = 0;
      var hits = new Hits();
      try (var reader = one.openReader()) {
        for (int q = COUNT; q < COUNT + QUERIES; q++) {
          JointSearch.search(sources, VECTORS[q], SearchParameters.of(10), hits);
          assertThat(hits.count()).isEqualTo(10);
          var all = slots(reader.search(VECTORS[q], SearchParameters.of(10)));
          for (int h = 0; h < hits.count(); h++) {
            int number = hits.slot(h) * shards + hits.source(h);
            shared += all.contains(number) ? 1 : 0;
            assertThat((double) hits.score(h))
                .isCloseTo(
                    Vectors.score(Similarity.COSINE, VECTORS[q], VECTORS[number]), within(1e-4));
          }
        }
      }
      assertThat(shared).isGreaterThan(QUERIES * 10 * (tier == Tier.EXACT ? 999 : 970) / 1_000);
      assertThatThrownBy(
              () -> JointSearch.search(List.of(), VECTORS[0], SearchParameters.of(1), hits))
          .isInstanceOf(IllegalArgumentException.class);
      sources.forEach(source -> source.reader().close());
      indexes.forEach(VectorIndex::close);
    }
  }

  private VectorIndex build(IndexOptions options, int count, int threads) {
    var index = new VectorIndex(options, memory);
    for (int i = 0; i < count; i++) {
      assertThat(index.insert(VECTORS[i])).isEqualTo(i);
    }
    if (threads > 1) {
      index.buildGraph(threads);
    }
    settle(index);
    return index;
  }

  private static void settle(VectorIndex index) {
    while (index.maintain(1_000) > 0) {
      assertThat(index.size()).isPositive();
    }
    assertThat(index.pending()).isZero();
  }

  private static List<Integer> slots(Hits hits) {
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < hits.count(); i++) {
      slots.add(hits.slot(i));
    }
    return slots;
  }

  private static double recall(VectorIndex index, int count, int oneIn) {
    var passing = new BitSet();
    for (int i = 0; i < count; i++) {
      passing.set(i, Math.floorMod(i * 0x9E3779B9, oneIn) == 0);
    }
    boolean all = passing.cardinality() == count;
    // Wider than by default: made-up strangers are all about equally far, real ones are not.
    var parameters =
        SearchParameters.of(10).withEfSearch(256).withFilter(all ? null : SlotFilter.of(passing));
    double[] tenth = tenthBest(index.options().similarity(), passing, QUERIES);
    return recallOf(index, passing, slot -> slot, parameters, tenth);
  }

  /** The score of the tenth nearest of {@code passing}, or of the last, by query. */
  private static double[] tenthBest(Similarity similarity, BitSet passing, int queries) {
    return IntStream.range(COUNT, COUNT + queries)
        .mapToDouble(q ->
            -passing.stream()
                .mapToDouble(i -> -Vectors.score(similarity, VECTORS[q], VECTORS[i]))
                .sorted()
                .limit(10)
                .max()
                .orElseThrow())
        .toArray();
  }

  /**
   * recall@10 among {@code passing}.
   *
   * @param numbers the vector in a slot
   * @param tenth as {@link #tenthBest}
   */
  private static double recallOf(
      VectorIndex index,
      BitSet passing,
      IntUnaryOperator numbers,
      SearchParameters parameters,
      double[] tenth) {
    int found = 0;
    Similarity similarity = index.options().similarity();
    try (var reader = index.openReader()) {
      for (int q = 0; q < tenth.length; q++) {
        float[] query = VECTORS[COUNT + q];
        Hits hits = reader.search(query, parameters);
        assertThat(hits.complete()).isTrue();
        for (int h = 0; h < hits.count(); h++) {
          int number = numbers.applyAsInt(hits.slot(h));
          assertThat(passing.get(number)).isTrue();
          found += Vectors.score(similarity, query, VECTORS[number]) >= tenth[q] ? 1 : 0;
        }
      }
    }
    return (double) found / (tenth.length * Math.min(10, passing.cardinality()));
  }
}
