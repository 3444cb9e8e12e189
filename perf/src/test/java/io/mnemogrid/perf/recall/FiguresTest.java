package io.mnemogrid.perf.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A figure that is off by a rank would be believed. */
class FiguresTest {
  private static final long SEED = 5;
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void aQuestionIsGradedByWhereItsEvidenceStands() {
    List<String> ranking = IntStream.rangeClosed(1, 25).mapToObj(Integer::toString).toList();
    Grade grade = Grade.of(ranking, Set.of("2", "5", "6", "20", "21", "never"));
    assertThat(grade.evidence()).isEqualTo(6);
    assertThat(grade.found5()).isEqualTo(2);
    assertThat(grade.found10()).isEqualTo(3);
    assertThat(grade.found20()).isEqualTo(4);
    assertThat(grade.reciprocalRank()).isEqualTo(0.5);
    double ideal = 1 + 1 / log2(3) + 1 / log2(4) + 1 / log2(5) + 1 / log2(6) + 1 / log2(7);
    assertThat(grade.ndcg10()).isCloseTo((1 / log2(3) + 1 / log2(6) + 1 / log2(7)) / ideal, EXACT);
  }

  @Test
  void nothingFoundIsZeroAndAllOfItFirstIsOne() {
    Grade none = Grade.of(List.of("a", "b"), Set.of("c"));
    assertThat(none).isEqualTo(new Grade(1, 0, 0, 0, 0, 0));
    assertThat(Grade.of(List.of(), Set.of("c"))).isEqualTo(none);
    Grade all = Grade.of(List.of("c", "d", "a"), Set.of("d", "c"));
    assertThat(all).isEqualTo(new Grade(2, 2, 2, 2, 1, 1));
  }

  @Test
  void moreEvidenceThanTenTextsCanStillBeRankedPerfectly() {
    List<String> ranking = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
    assertThat(Grade.of(ranking, new HashSet<>(ranking)).ndcg10()).isCloseTo(1, EXACT);
  }

  @Test
  void aQuestionWithMuchEvidenceCountsOnceInTheMeanAndByItsEvidenceInTheMicroShare() {
    Grade one = Grade.of(List.of("a"), Set.of("a"));
    Grade ofFour = Grade.of(List.of("x", "a"), Set.of("a", "b", "c", "d"));
    Grade none = Grade.of(List.of("x"), Set.of("a"));
    Figures figures = Figures.of(List.of(one, ofFour, none));
    assertThat(figures.questions()).isEqualTo(3);
    assertThat(figures.recall20()).isCloseTo((1 + 0.25 + 0) / 3, EXACT);
    assertThat(figures.micro20()).isCloseTo(2 / 6.0, EXACT);
    assertThat(figures.hit5()).isCloseTo(2 / 3.0, EXACT);
    assertThat(figures.mrr()).isCloseTo((1 + 0.5 + 0) / 3, EXACT);
  }

  @Test
  void anIntervalIsAsWideAsTheNormalApproximationOfAMeanAndTheSameEachTime() {
    var random = new SplittableRandom(SEED);
    double[] values = IntStream.range(0, 900).mapToDouble(_ -> random.nextInt(2)).toArray();
    double mean = IntStream.range(0, 900).mapToDouble(i -> values[i]).average().orElseThrow();
    double half = 1.96 * Math.sqrt(mean * (1 - mean) / 900);
    Bootstrap.Interval interval = new Bootstrap(SEED).ofMean(values);
    assertThat(interval.low()).isCloseTo(mean - half, within(0.003));
    assertThat(interval.high()).isCloseTo(mean + half, within(0.003));
    assertThat(new Bootstrap(SEED).ofMean(values)).isEqualTo(interval);
  }

  @Test
  void valuesThatAreAllTheSameLeaveNoDoubt() {
    assertThat(new Bootstrap(SEED).ofMean(new double[] {0.5, 0.5, 0.5}))
        .isEqualTo(new Bootstrap.Interval(0.5, 0.5));
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
