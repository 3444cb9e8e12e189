package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Codes of so many vectors that what these have of the principal components is kept beside them.
 */
class AxesTest {
  private static final int COUNT = 5_000;
  private static final int DIM = 96;
  private static final int STRONG = 8;
  private static final int K = 10;
  private static final int QUERIES = 50;

  private final SplittableRandom random = new SplittableRandom(96);

  private final float[][] directions =
      IntStream.range(0, STRONG)
          .mapToObj(j -> Vectors.gaussian(random, DIM))
          .toArray(float[][]::new);

  @ParameterizedTest
  @EnumSource(Similarity.class)
  void whatDiffersInFewDirectionsNeedsFewCandidates(Similarity similarity) {
    float[][] vectors = vectors(COUNT, 1);
    assertThat(recall(similarity, vectors, COUNT, K)).isGreaterThan(0.9);
  }

  /** Their shares do not fit the steps, which are those of the vectors that were there first. */
  @ParameterizedTest
  @EnumSource(Similarity.class)
  void vectorsThatComeLaterMayBeLarger(Similarity similarity) {
    float[][] vectors = Arrays.copyOf(vectors(COUNT, 0.5f), 2 * COUNT);
    System.arraycopy(vectors(COUNT, 1), 0, vectors, COUNT, COUNT);
    assertThat(recall(similarity, vectors, 2 * COUNT, 4 * K)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @EnumSource(Similarity.class)
  void vectorsThatDoNotDifferAreFound(Similarity similarity) {
    float[] one = Vectors.gaussian(random, DIM);
    float[] near = one.clone();
    near[0] += 1;
    float[] other = near.clone();
    other[1] -= 1;
    float[][] vectors = new float[COUNT][];
    Arrays.fill(vectors, one);
    vectors[COUNT - 2] = near;
    vectors[COUNT - 1] = other;
    assertThat(recall(similarity, vectors, COUNT, 2 * K)).isEqualTo(1);
  }

  private float[][] vectors(int count, float size) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = Vectors.gaussian(random, DIM);
      for (int d = 0; d < DIM; d++) {
        vectors[i][d] *= 0.5f * size;
      }
      for (float[] direction : directions) {
        float share = size * (float) random.nextGaussian();
        for (int d = 0; d < DIM; d++) {
          vectors[i][d] += share * direction[d];
        }
      }
    }
    return vectors;
  }

  /** recall@10 of queries near some of the vectors, with so many candidates scored again. */
  private double recall(Similarity similarity, float[][] vectors, int count, int ef) {
    var options =
        IndexOptions.of(DIM)
            .withSimilarity(similarity)
            .withTiers(IndexOptions.Tiers.only(Tier.CODES).withCodes(Codes.ONE_BIT));
    int found = 0;
    try (var memory = new VectorMemory(64 << 20);
        var index = new VectorIndex(options, memory)) {
      for (float[] vector : vectors) {
        index.insert(vector);
      }
      try (var reader = index.openReader()) {
        for (int q = 0; q < QUERIES; q++) {
          float[] query = vectors[random.nextInt(count)].clone();
          for (int d = 0; d < DIM; d++) {
            query[d] += 0.1f * (float) random.nextGaussian();
          }
          Hits hits = reader.search(query, SearchParameters.of(K).withEfSearch(ef));
          double tenth = nearest(similarity, vectors, query);
          for (int i = 0; i < hits.count(); i++) {
            double score = Vectors.score(similarity, query, vectors[hits.slot(i)]);
            found += score >= tenth - 1e-4 * Math.abs(tenth) ? 1 : 0;
          }
        }
      }
    }
    return (double) found / (QUERIES * K);
  }

  private static double nearest(Similarity similarity, float[][] vectors, float[] query) {
    return Arrays.stream(vectors)
        .map(vector -> Vectors.score(similarity, query, vector))
        .sorted(Comparator.reverseOrder())
        .skip(K - 1)
        .findFirst()
        .orElseThrow();
  }
}
