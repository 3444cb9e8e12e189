package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.model.MemoryType;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmartScoreTest {
  private static final long NOW = Pools.NOW;
  private static final Duration HALF_LIFE = Duration.ofDays(30);
  private static final SmartScore SMART = new SmartScore(0.2, 0.1, 0.1, 0.2, HALF_LIFE);

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theScoreGrowsWithRelevanceImportanceRecencyVerificationAndFeedback(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double relevance = random.nextDouble();
    float importance = 0.9f * (float) random.nextDouble();
    long updatedAt = NOW - random.nextLong(100 * 86_400L);
    float feedback = 0.9f * (float) random.nextDouble();
    MemoryType type = MemoryType.values()[random.nextInt(MemoryType.values().length)];
    Standing standing = new Standing(importance, type, updatedAt, false, feedback);
    double score = SMART.of(relevance, standing, NOW);

    assertThat(SMART.of(relevance + 0.01, standing, NOW)).isGreaterThan(score);
    assertThat(score(relevance, importance + 0.1f, type, updatedAt, false, feedback))
        .isGreaterThan(score);
    assertThat(score(relevance, importance, type, updatedAt + 3_600, false, feedback))
        .isGreaterThanOrEqualTo(score);
    assertThat(score(relevance, importance, type, updatedAt, true, feedback)).isGreaterThan(score);
    assertThat(score(relevance, importance, type, updatedAt, false, feedback + 0.1f))
        .isGreaterThan(score);
    assertThat(Math.abs(score - relevance)).isLessThanOrEqualTo(0.6 * relevance);
  }

  @Test
  void whatIsBeingWorkedOnAgesFirstAndHowThingsAreDoneLast() {
    long monthAgo = NOW - HALF_LIFE.toSeconds();
    double working = score(1, 0.5f, MemoryType.WORKING, monthAgo, false, 0);
    double episodic = score(1, 0.5f, MemoryType.EPISODIC, monthAgo, false, 0);
    double semantic = score(1, 0.5f, MemoryType.SEMANTIC, monthAgo, false, 0);
    double strategic = score(1, 0.5f, MemoryType.STRATEGIC, monthAgo, false, 0);
    double procedural = score(1, 0.5f, MemoryType.PROCEDURAL, monthAgo, false, 0);
    assertThat(episodic).isCloseTo(1, within(1e-12)).isGreaterThan(working);
    assertThat(semantic).isGreaterThan(episodic).isEqualTo(strategic).isLessThan(procedural);
  }

  @Test
  void theFutureIsAsRecentAsNow() {
    assertThat(score(1, 0.5f, MemoryType.EPISODIC, NOW + 1_000_000, false, 0))
        .isEqualTo(score(1, 0.5f, MemoryType.EPISODIC, NOW, false, 0));
  }

  @Test
  void withoutWeightsTheScoreIsTheRelevance() {
    Standing standing = new Standing(1, MemoryType.WORKING, NOW, true, 0.9f);
    assertThat(SmartScore.NONE.of(0.37, standing, NOW)).isEqualTo(0.37);
  }

  @Test
  void weightsThatCouldTurnTheOrderAroundAreRefused() {
    assertThatThrownBy(() -> new SmartScore(0.4, 0.2, 0.2, 0.2, HALF_LIFE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SmartScore(0.1, 0.1, -0.1, 0, HALF_LIFE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SmartScore(Double.NaN, 0, 0, 0, HALF_LIFE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void feedbackGrowsWithVotesForAndFallsWithVotesAgainst() {
    assertThat(Standing.feedback(0, 0, 0)).isZero();
    assertThat(Standing.feedback(1, 0, 0)).isPositive().isLessThan(Standing.feedback(2, 0, 0));
    assertThat(Standing.feedback(0, 1, 0)).isNegative().isEqualTo(Standing.feedback(0, 0, 1));
    assertThat(Standing.feedback(Integer.MAX_VALUE, 0, 0)).isLessThanOrEqualTo(1);
    assertThat(Standing.feedback(0, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .isGreaterThanOrEqualTo(-1);
  }

  @Test
  void aStandingOutOfBoundsIsRefused() {
    assertThatThrownBy(() -> new Standing(1.1f, MemoryType.EPISODIC, NOW, false, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Standing(0.5f, MemoryType.EPISODIC, NOW, false, -2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double score(
      double relevance,
      float importance,
      MemoryType type,
      long updatedAt,
      boolean verified,
      float feedback) {
    return SMART.of(relevance, new Standing(importance, type, updatedAt, verified, feedback), NOW);
  }
}
