package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.hnsw.GraphValidator;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * recall@10 of the defaults on 10,000 clustered vectors, against exact search in full precision.
 */
@ParameterizedClass
@EnumSource(RowFormat.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecallTest {
  private static final long SEED = 17;
  private static final int DIM = 64;
  private static final int COUNT = 10_000;
  private static final int QUERIES = 100;

  private final float[][] vectors =
      Vectors.clustered(new SplittableRandom(SEED), COUNT + QUERIES, DIM, 100);
  private final BitSet live = new BitSet();
  private final VectorMemory memory = new VectorMemory(256 << 20);
  private SplittableRandom random = new SplittableRandom(SEED);
  private VectorIndex index = new VectorIndex(IndexOptions.of(DIM), memory);

  @Parameter RowFormat format = RowFormat.INT8;

  @BeforeParameterizedClassInvocation
  void build() {
    live.clear();
    random = new SplittableRandom(SEED);
    index = new VectorIndex(IndexOptions.of(DIM).withRows(format), memory);
    for (int i = 0; i < COUNT; i++) {
      assertThat(index.insert(vectors[i])).isEqualTo(i);
      live.set(i);
    }
    settle();
  }

  @AfterParameterizedClassInvocation
  void close() {
    index.close();
    assertThat(memory.usedBytes()).isZero();
    assertThat(memory.reservedBytes()).isZero();
  }

  @Test
  @Order(1)
  void theGraphFindsTheNearest() {
    assertThat(recall(SearchParameters.of(10), live)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @Order(2)
  @ValueSource(ints = {2, 10, 100, 1_000})
  void aFilterThatPassesOneInManyKeepsTheRecall(int oneIn) {
    var asked = new AtomicInteger();
    BitSet passing = new BitSet();
    for (int i = 0; i < COUNT; i++) {
      passing.set(i, Math.floorMod(i * 0x9E3779B9, oneIn) == 0);
    }
    SlotFilter filter =
        slot -> {
          asked.incrementAndGet();
          return passing.get(slot);
        };
    // Nothing is cut off by a budget of what exact search would score: those that pass.
    var parameters = SearchParameters.of(10).withVisitBudget(passing.cardinality());
    assertThat(recall(parameters.withFilter(filter), passing)).isGreaterThan(0.95);
    assertThat(recall(parameters.withFilter(SlotFilter.of(passing)), passing)).isGreaterThan(0.95);
    assertThat(asked.get()).isLessThan(3 * COUNT * QUERIES);
  }

  /** Where a walk goes far and finds little, so that many are given up. */
  @ParameterizedTest
  @Order(3)
  @ValueSource(ints = {2, 3, 4, 5, 10, 100})
  void aFilterThatPassesOneRegionFarFromTheQueryKeepsTheRecall(int oneIn) {
    double[] nearness =
        Arrays.stream(vectors)
            .limit(COUNT)
            .mapToDouble(vector -> Vectors.score(Similarity.COSINE, vectors[0], vector))
            .toArray();
    double least = Arrays.stream(nearness).sorted().toArray()[COUNT - COUNT / oneIn];
    BitSet passing = new BitSet();
    for (int i = 0; i < COUNT; i++) {
      passing.set(i, nearness[i] >= least);
    }
    int half = passing.cardinality() / 2;
    var set = SearchParameters.of(10).withFilter(SlotFilter.of(passing));
    assertThat(recall(set.withVisitBudget(3 * half + 1), passing)).isGreaterThan(0.95);
    var predicate = SearchParameters.of(10).withFilter(passing::get);
    assertThat(recall(predicate.withVisitBudget(4 * half + 1), passing)).isGreaterThan(0.95);
  }

  @Test
  @Order(4)
  void itStaysSoWhileHalfOfThemIsBeingDeletedAndAfterwards() {
    for (int i = 0; i < COUNT; i++) {
      if (random.nextBoolean()) {
        index.delete(i);
        live.clear(i);
      }
    }
    assertThat(recall(SearchParameters.of(10), live)).isGreaterThan(0.95);
    settle();
    GraphTier tier = Objects.requireNonNull(index.tier());
    assertThat(tier.linked().size()).isEqualTo(live.cardinality());
    GraphValidator.validate("swept", tier.graph(), tier.linked(), index.live());
    assertThat(recall(SearchParameters.of(10), live)).isGreaterThan(0.95);
  }

  @Test
  @Order(5)
  void theGraphIsGivenUpWhenFewAreLeft() {
    long withGraph = index.offHeapBytes();
    for (int i = live.nextSetBit(0); live.cardinality() > 500; i = live.nextSetBit(i + 1)) {
      index.delete(i);
      live.clear(i);
    }
    settle();
    assertThat(index.tier()).isNull();
    assertThat(index.memory().graphBytes()).isZero();
    assertThat(index.memory().retiredBytes()).isZero();
    assertThat(index.offHeapBytes()).isLessThan(withGraph).isEqualTo(memory.usedBytes());
    assertThat(recall(SearchParameters.of(10), live)).isGreaterThan(0.97);
  }

  private void settle() {
    while (index.maintain(1_000) > 0) {
      assertThat(index.tier() == null || index.pending() <= COUNT).isTrue();
    }
    assertThat(index.pending()).isZero();
  }

  private double recall(SearchParameters parameters, BitSet passing) {
    int found = 0;
    int wanted = 0;
    try (var reader = index.openReader()) {
      for (int i = 0; i < QUERIES; i++) {
        int q = COUNT + i;
        BitSet among = (BitSet) live.clone();
        among.and(passing);
        double[] scores =
            among.stream()
                .mapToDouble(slot -> -score(vectors[slot], q))
                .sorted()
                .limit(10)
                .toArray();
        Hits hits = reader.search(vectors[q], parameters);
        assertThat(hits.complete()).isTrue();
        for (int h = 0; h < hits.count(); h++) {
          assertThat(among.get(hits.slot(h))).isTrue();
          found += -score(vectors[hits.slot(h)], q) <= scores[scores.length - 1] ? 1 : 0;
        }
        wanted += scores.length;
      }
    }
    return (double) found / wanted;
  }

  private double score(float[] vector, int query) {
    return Vectors.score(Similarity.COSINE, vectors[query], vector);
  }
}
