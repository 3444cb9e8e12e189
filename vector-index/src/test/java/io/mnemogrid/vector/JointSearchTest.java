package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.JointSearch.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several graphs, each walked only for its part of the hits. */
class JointSearchTest {
  private static final int DIM = 128;
  private static final int INDEXES = 8;
  private static final int IN_EACH = 600;
  private static final int NEAR = 3;
  private static final int K = 50;

  private final VectorMemory memory = new VectorMemory(64 << 20);
  private final SplittableRandom random = new SplittableRandom(5);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(memory.usedBytes()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Codes.class,
      names = {"NONE", "TWO_BITS"})
  void theOneThatHasAllHitsAnswersAsIfItWereAlone(Codes codes) {
    float[] topic = Vectors.gaussian(random, DIM);
    List<VectorIndex> indexes = new ArrayList<>();
    for (int i = 0; i < INDEXES; i++) {
      float[] centre = i == NEAR ? topic : Vectors.gaussian(random, DIM);
      indexes.add(graph(codes, IntStream.range(0, IN_EACH).mapToObj(_ -> around(centre)).toList()));
    }
    List<Source> sources =
        indexes.stream().map(index -> new Source(index.openReader(), null)).toList();
    var together = new Hits();
    for (int query = 0; query < 10; query++) {
      float[] vector = around(topic);
      JointSearch.search(sources, vector, SearchParameters.of(K), together);
      Hits alone = sources.get(NEAR).reader().search(vector, SearchParameters.of(K));
      assertThat(together.count()).isEqualTo(K);
      assertThat(together.complete()).isTrue();
      for (int i = 0; i < K; i++) {
        assertThat(together.source(i)).isEqualTo(NEAR);
        assertThat(together.slot(i)).isEqualTo(alone.slot(i));
        assertThat(together.score(i)).isEqualTo(alone.score(i));
      }
    }
    close(indexes, sources);
  }

  @ParameterizedTest
  @EnumSource(
      value = Codes.class,
      names = {"NONE", "TWO_BITS"})
  void whatIsSpreadOverAllIsFoundInAll(Codes codes) {
    float[][] vectors = Vectors.clustered(random, INDEXES * IN_EACH, DIM, 40);
    List<VectorIndex> indexes = new ArrayList<>();
    for (int i = 0; i < INDEXES; i++) {
      List<float[]> its = new ArrayList<>();
      for (int v = i; v < vectors.length; v += INDEXES) {
        its.add(vectors[v]);
      }
      indexes.add(graph(codes, its));
    }
    List<Source> sources =
        indexes.stream().map(index -> new Source(index.openReader(), null)).toList();
    int found = 0;
    int queries = 50;
    var hits = new Hits();
    for (int q = 0; q < queries; q++) {
      float[] query = vectors[random.nextInt(vectors.length)].clone();
      query[0] += 1;
      double least = scoreOfTheLast(vectors, query);
      JointSearch.search(sources, query, SearchParameters.of(K), hits);
      for (int i = 0; i < hits.count(); i++) {
        float[] vector = vectors[hits.slot(i) * INDEXES + hits.source(i)];
        found += Vectors.score(Similarity.COSINE, query, vector) >= least ? 1 : 0;
      }
    }
    assertThat(found / (double) (queries * K)).as("recall@%d", K).isGreaterThan(0.97);
    close(indexes, sources);
  }

  private static double scoreOfTheLast(float[][] vectors, float[] query) {
    double[] scores =
        IntStream.range(0, vectors.length)
            .mapToDouble(i -> Vectors.score(Similarity.COSINE, query, vectors[i]))
            .sorted()
            .toArray();
    return scores[scores.length - K];
  }

  /** An index can be so much smaller than the others that it is walked for next to nothing. */
  @Test
  void theSmallestIsSearchedToo() {
    float[] lonely = Vectors.gaussian(random, DIM);
    List<VectorIndex> indexes =
        List.of(
            graph(Codes.TWO_BITS, List.of(Vectors.clustered(random, 4_000, DIM, 40))),
            graph(Codes.TWO_BITS, List.<float[]>of(lonely)));
    List<Source> sources =
        indexes.stream().map(index -> new Source(index.openReader(), null)).toList();
    var hits = new Hits();
    JointSearch.search(sources, lonely, SearchParameters.of(1), hits);
    assertThat(hits.count()).isEqualTo(1);
    assertThat(hits.source(0)).isEqualTo(1);
    close(indexes, sources);
  }

  private VectorIndex graph(Codes codes, List<float[]> vectors) {
    var tiers = IndexOptions.Tiers.only(Tier.GRAPH).withCodes(codes);
    var index = new VectorIndex(IndexOptions.of(DIM).withTiers(tiers), memory);
    vectors.forEach(index::insert);
    while (index.maintain(1_000) > 0) {
      assertThat(index.size()).isEqualTo(vectors.size());
    }
    return index;
  }

  private float[] around(float[] centre) {
    float[] vector = Vectors.gaussian(random, DIM);
    for (int d = 0; d < DIM; d++) {
      vector[d] = 0.7f * vector[d] + centre[d];
    }
    return vector;
  }

  private static void close(List<VectorIndex> indexes, List<Source> sources) {
    sources.forEach(source -> source.reader().close());
    indexes.forEach(VectorIndex::close);
  }
}
