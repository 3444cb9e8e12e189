package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors as no sentence model makes them are found all the same, by default parameters. */
class AwkwardVectorsTest {
  private static final int DIM = 128;
  private static final int COUNT = 3_000;
  private static final int QUERIES = 50;
  private static final int K = 10;
  private static final VectorMemory MEMORY = new VectorMemory(256 << 20);

  private final float[][] vectors =
      Vectors.clustered(new SplittableRandom(8), COUNT + QUERIES, DIM, 30);

  @ParameterizedTest
  @CsvSource({
    "CODES, COSINE, 5",
    "CODES, EUCLIDEAN, 5",
    "CODES, DOT_PRODUCT, 5",
    "CODES, COSINE, 20",
    "CODES, EUCLIDEAN, 20",
    "CODES, COSINE, 60",
    "CODES, EUCLIDEAN, 60",
    "CODES, COSINE, 120",
    "CODES, EUCLIDEAN, 120",
    "GRAPH, COSINE, 20",
    "GRAPH, EUCLIDEAN, 20",
    "GRAPH, COSINE, 120",
    "GRAPH, EUCLIDEAN, 120"
  })
  void farFromTheOrigin(Tier tier, Similarity similarity, float offset) {
    change((vector, _) -> add(vector, offset));
    assertThat(recall(tier, similarity)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @CsvSource({
    "DOT_PRODUCT, 1e-15", "EUCLIDEAN, 1e-15", "COSINE, 1e-15",
    "DOT_PRODUCT, 1e10", "EUCLIDEAN, 1e10", "COSINE, 1e10"
  })
  void verySmallAndVeryLarge(Similarity similarity, float size) {
    double usual = recall(Tier.CODES, similarity);
    change((vector, _) -> multiply(vector, size));
    assertThat(recall(Tier.CODES, similarity)).isGreaterThan(usual - 0.02);
  }

  @ParameterizedTest
  @EnumSource(
      value = Similarity.class,
      names = {"DOT_PRODUCT", "EUCLIDEAN"})
  void oneThatIsFarFromAllOthers(Similarity similarity) {
    multiply(vectors[0], 1e12f);
    assertThat(recall(Tier.CODES, similarity)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @EnumSource(
      value = Tier.class,
      names = {"CODES", "GRAPH"})
  void othersThanThoseThatWereThereFirst(Tier tier) {
    float[] shift = Vectors.gaussian(new SplittableRandom(5), DIM);
    float[][] before = Arrays.stream(vectors).map(float[]::clone).toArray(float[][]::new);
    change((vector, _) -> {
      for (int d = 0; d < DIM; d++) {
        vector[d] += 6 * shift[d];
      }
    });
    var options = options(tier, Similarity.COSINE);
    try (var index = new VectorIndex(options, MEMORY);
        var fresh = build(options)) {
      int[] slots = new int[COUNT];
      for (int i = 0; i < COUNT; i++) {
        slots[i] = index.insert(before[i]);
      }
      settle(index);
      int[] numberOf = new int[3 * COUNT];
      for (int i = 0; i < COUNT; i++) {
        numberOf[index.replace(slots[i], vectors[i])] = i;
      }
      settle(index);
      assertThat(recall(index, numberOf)).isGreaterThan(recall(fresh, null) - 0.02);
    }
  }

  @Test
  void soLongThatTheirDistanceIsNoNumber() {
    var options = IndexOptions.of(1).withSimilarity(Similarity.EUCLIDEAN);
    try (var index = new VectorIndex(options, MEMORY)) {
      assertThatThrownBy(() -> index.insert(new float[] {1.5e19f}))
          .isInstanceOf(InvalidVectorException.class)
          .hasMessageContaining("too long");
      float most = (float) Math.sqrt(Float.MAX_VALUE / 4.0) * 0.999f;
      int one = index.insert(new float[] {most});
      int other = index.insert(new float[] {-most});
      try (var reader = index.openReader()) {
        float[] scores = reader.scores(new float[] {most}, one, other);
        assertThat(scores[0]).isGreaterThan(scores[1]);
        assertThat(scores[1]).isFinite();
      }
    }
  }

  @Test
  void theLongestThatAreTakenCanBeReadFromAnImage() {
    for (RowFormat rows : RowFormat.values()) {
      var options = IndexOptions.of(2).withSimilarity(Similarity.DOT_PRODUCT).withRows(rows);
      float z = (float) Math.sqrt(Float.MAX_VALUE / 4.0 / 1.25) * 0.99999f;
      try (var index = new VectorIndex(options, MEMORY);
          var reader = new SnapshotReader(MEMORY)) {
        index.insert(new float[] {z, z / 2});
        reader.accept(SnapshotTest.imageOf(index, 4_096));
        try (VectorIndex copy = reader.finish()) {
          assertThat(copy.size()).as(rows.name()).isEqualTo(1);
        }
      }
    }
  }

  private interface Change {
    void of(float[] vector, int number);
  }

  private void change(Change change) {
    for (int i = 0; i < vectors.length; i++) {
      change.of(vectors[i], i);
    }
  }

  private static void add(float[] vector, float offset) {
    for (int d = 0; d < DIM; d++) {
      vector[d] += offset;
    }
  }

  private static void multiply(float[] vector, float factor) {
    for (int d = 0; d < DIM; d++) {
      vector[d] *= factor;
    }
  }

  private static IndexOptions options(Tier tier, Similarity similarity) {
    return IndexOptions.of(DIM)
        .withSimilarity(similarity)
        .withRows(RowFormat.FLOAT32)
        .withTiers(
            IndexOptions.Tiers.only(tier)
                .withCodes(tier == Tier.CODES ? Codes.ONE_BIT : Codes.TWO_BITS));
  }

  private double recall(Tier tier, Similarity similarity) {
    try (var index = build(options(tier, similarity))) {
      return recall(index, null);
    }
  }

  private VectorIndex build(IndexOptions options) {
    var index = new VectorIndex(options, MEMORY);
    for (int i = 0; i < COUNT; i++) {
      index.insert(vectors[i]);
    }
    settle(index);
    return index;
  }

  private static void settle(VectorIndex index) {
    while (index.maintain(1_000) > 0) {
      assertThat(index.size()).isPositive();
    }
  }

  /** recall@10; an index has the i-th vector in slot i unless {@code numberOf} says otherwise. */
  private double recall(VectorIndex index, int @Nullable [] numberOf) {
    Similarity similarity = index.options().similarity();
    int found = 0;
    try (var reader = index.openReader()) {
      for (int q = COUNT; q < COUNT + QUERIES; q++) {
        float[] query = vectors[q];
        double tenth =
            Arrays.stream(vectors)
                .limit(COUNT)
                .map(vector -> Vectors.score(similarity, query, vector))
                .sorted(Comparator.reverseOrder())
                .skip(K - 1)
                .findFirst()
                .orElseThrow();
        Hits hits = reader.search(query, SearchParameters.of(K));
        assertThat(hits.complete()).isTrue();
        for (int i = 0; i < hits.count(); i++) {
          int number = numberOf == null ? hits.slot(i) : numberOf[hits.slot(i)];
          double score = Vectors.score(similarity, query, vectors[number]);
          found += score >= tenth ? 1 : 0;
        }
      }
    }
    return (double) found / (QUERIES * K);
  }
}
