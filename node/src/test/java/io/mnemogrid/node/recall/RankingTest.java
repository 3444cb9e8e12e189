package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingTest {
  private static final SmartScore SMART = new SmartScore(0.1, 0.05, Duration.ofDays(30));
  private static final long NOW = 1_800_000_000;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void mergeOfPartsEqualsTopOfWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Ranking.Found> whole = new ArrayList<>();
    List<Ranking.Found> merged = new ArrayList<>();
    int k = random.nextInt(1, 40);
    for (int part = 0; part < random.nextInt(1, 10); part++) {
      List<Ranking.Found> found = new ArrayList<>();
      for (int i = 0; i < random.nextInt(0, 60); i++) {
        found.add(found(part + "-" + i, random.nextInt(20) / 20f, 0.5f, 0));
      }
      whole.addAll(found);
      merged = Ranking.merge(merged, found, k);
    }
    whole.sort(Ranking.BY_SIMILARITY);
    assertThat(merged).isEqualTo(whole.stream().limit(k).toList());
  }

  @Test
  void theScoreGrowsWithSimilarityImportanceAndRecency() {
    for (float similarity : new float[] {-0.9f, -0.1f, 0, 0.1f, 0.9f}) {
      Ranking.Found base = found("a", similarity, 0.5f, NOW - 86_400);
      float score = SMART.of(base, NOW);
      assertThat(SMART.of(found("a", similarity + 0.05f, 0.5f, NOW - 86_400), NOW))
          .isGreaterThan(score);
      assertThat(SMART.of(found("a", similarity, 0.9f, NOW - 86_400), NOW))
          .isGreaterThanOrEqualTo(score);
      assertThat(SMART.of(found("a", similarity, 0.5f, NOW), NOW)).isGreaterThanOrEqualTo(score);
      assertThat(Math.abs(score - similarity))
          .isLessThanOrEqualTo(0.15f * Math.abs(similarity) + 1e-6f);
    }
  }

  @Test
  void withoutWeightsTheScoreIsTheSimilarity() {
    assertThat(SmartScore.NONE.of(found("a", 0.37f, 1, NOW), NOW)).isEqualTo(0.37f);
    assertThat(SmartScore.NONE.candidatesFor(7)).isEqualTo(7);
  }

  @Test
  void importanceDecidesBetweenEquals() {
    List<Ranking.Ranked> best =
        Ranking.best(
            List.of(
                found("low", 0.8f, 0.1f, NOW),
                found("high", 0.8f, 0.9f, NOW),
                found("other", 0.5f, 1, NOW)),
            SMART,
            2,
            NOW);
    assertThat(best).extracting(ranked -> ranked.found().id()).containsExactly("high", "low");
  }

  @Test
  void weightsThatCouldTurnTheOrderAroundAreRefused() {
    assertThatThrownBy(() -> new SmartScore(0.6, 0.4, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SmartScore(0.1, 0.1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Ranking.Found found(
      String id, float similarity, float importance, long updatedAt) {
    return new Ranking.Found(id, 0, similarity, importance, updatedAt);
  }
}
