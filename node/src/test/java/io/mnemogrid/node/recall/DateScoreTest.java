package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.recall.question.QuestionCues;
import io.mnemogrid.node.recall.question.TimeCue;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DateScoreTest {
  private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-07-16T15:00:00Z");

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @CsvSource({
    "on 8 May 2023, 2023-05-08T00:00, 1",
    "on 8 May 2023, 2023-05-07T00:00, 0.8",
    "on 8 May 2023, 2023-05-09T23:59, 0.8",
    "on 8 May 2023, 2023-05-10T00:00, 0.6",
    "on 8 May 2023, 2023-05-16T23:59, 0.6",
    "on 8 May 2023, 2023-05-17T00:00, 0.3",
    "on 8 May 2023, 2023-05-01T00:00, 0.3",
    "on 8 May 2023, 2023-04-30T23:59, 0",
    "on 30 May 2023, 2023-06-05T00:00, 0.6",
    "on 8 May 2023, 2022-05-08T00:00, 0",
    "in May 2023, 2023-05-01T00:00, 1",
    "in May 2023, 2023-05-31T23:59, 1",
    "in May 2023, 2023-06-10T23:59, 0.4",
    "in May 2023, 2023-06-11T00:00, 0",
    "in May 2023, 2023-04-30T23:59, 0",
    "in 2023, 2023-07-01T00:00, 0.2",
    "in 2023, 2024-01-01T00:00, 0",
    "in summer 2023, 2023-08-31T00:00, 0.4",
    "in summer 2023, 2023-09-05T00:00, 0.2",
    "last week, 2026-07-06T00:00, 1",
    "last week, 2026-07-20T00:00, 0.5",
    "last week, 2026-07-01T00:00, 0",
    "between 1 May 2023 and 3 June 2023, 2023-05-20T00:00, 1",
    "between 1 May 2023 and 3 June 2023, 2023-06-09T00:00, 0.4",
    "from May 2022 to July 2022, 2022-06-01T00:00, 0.4",
    "between 2019 and 2021, 2020-06-01T00:00, 0.2",
    "since 2024, 2025-06-01T00:00, 1",
    "before 8 May 2023, 2020-06-01T00:00, 0.2",
    "before 8 May 2023, 2023-05-08T10:00, 0",
    "after May 2023, 2023-05-20T00:00, 0",
    "after May 2023, 2023-06-01T00:00, 1",
    "before May 2023, 2023-05-20T00:00, 0",
    "before May 2023, 2023-04-20T00:00, 0.2",
    "until 2022, 2019-04-20T00:00, 0.2",
    "until 2022, 2022-12-31T23:59, 0.2",
    "until 2022, 2023-01-01T00:00, 0",
    "since July 2023, 2023-07-01T00:00, 1",
    "since July 2023, 2024-07-01T00:00, 1",
  })
  void aTimeFitsByItsDistance(String when, LocalDateTime time, double score) {
    assertThat(score(when, time)).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({
    "in May, 2023-05-20T00:00, 1",
    "in May, 1999-05-20T00:00, 1",
    "in May, 2023-06-05T00:00, 0.4",
    "in May, 2023-07-05T00:00, 0",
    "in December, 2023-01-05T00:00, 0.4",
    "on 31 December, 2023-01-01T00:00, 0.8",
    "on 1 January, 2022-12-31T12:00, 0.8",
    "on February 29, 2024-02-28T12:00, 1",
    "in the winter, 2023-01-05T00:00, 0.4",
  })
  void withoutAYearAnyYearFits(String when, LocalDateTime time, double score) {
    assertThat(score(when, time)).isEqualTo(score);
  }

  /** The day before a leap day, as a clock of a leap year has it, and the leap day itself. */
  @ParameterizedTest
  @CsvSource({
    "on February 28, 2027-02-28T12:00, 1",
    "on February 28, 2028-02-28T12:00, 1",
    "on February 28, 2027-03-03T12:00, 0.6",
    "on February 29, 2027-02-28T12:00, 1",
    "in February, 2027-02-28T12:00, 1",
    "in February, 2027-03-05T12:00, 0.4",
  })
  void daysOfALeapYearHaveTheirPlaceInOthers(String when, LocalDateTime time, double score) {
    List<TimeCue> cues =
        QuestionCues.of("What happened " + when + "?", ZonedDateTime.parse("2028-03-05T00:00:00Z"))
            .times();
    assertThat(DateScore.of(time.toEpochSecond(ZoneOffset.UTC), cues)).isEqualTo(score);
    assertThat(DateScore.spans(cues, time.toEpochSecond(ZoneOffset.UTC))).isNotEmpty();
  }

  /** What is in the time comes before all that is near it, whatever the time's length. */
  @ParameterizedTest
  @CsvSource({
    "on 8 May 2023, 2023-05-08T12:00, 1",
    "on 8 May 2023, 2023-05-09T12:00, 0.32",
    "on 8 May, 2021-05-08T12:00, 1",
    "on 8 May, 2021-05-09T12:00, 0.32",
    "in 2023, 2023-07-01T00:00, 1",
    "in 2023, 2024-07-01T00:00, 0",
    "since May 2023, 2024-07-01T00:00, 1",
    "before May 2023, 2020-07-01T00:00, 1",
    "before May 2023, 2024-07-01T00:00, 0",
  })
  void ofAllThatIsAskedWhatIsInsideFits(String when, LocalDateTime time, double score) {
    long seconds = time.toEpochSecond(ZoneOffset.UTC);
    assertThat(DateScore.ofAllThatIsAsked(seconds, cues(when))).isCloseTo(score, within(1e-9));
  }

  @Test
  void theBestOfSeveralTimesCounts() {
    assertThat(score("in 2023 or in May 2023", LocalDateTime.of(2023, 5, 5, 0, 0))).isEqualTo(1);
  }

  @Test
  void withoutATimeThereIsNothingToFit() {
    assertThat(DateScore.of(Candidate.NO_TIME, cues("on 8 May 2023"))).isZero();
    assertThat(DateScore.of(0, List.of())).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theScoreIsNeverOutOfBounds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TimeCue> cues =
        cues("in May, on February 29, in 2023, before 3 May 2023, since 2020, a few weeks ago");
    assertThat(cues).hasSize(6);
    for (int i = 0; i < 200; i++) {
      long time = random.nextLong(-60_000_000_000L, 250_000_000_000L);
      assertThat(DateScore.of(time, cues)).isBetween(0.0, 1.0);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatFitsIsInTheSpansThatAreSearched(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> whens =
        List.of(
            "on 8 May 2023",
            "in May 2023",
            "in May",
            "on February 29",
            "last week",
            "in summer 2023",
            "in 2023",
            "before May 2023",
            "since July 2023");
    long now = NOW.toEpochSecond();
    long fourYears = 4 * 366 * 86_400L;
    for (String when : whens) {
      List<TimeCue> cues = cues(when);
      for (int i = 0; i < 200; i++) {
        long time = now - random.nextLong(fourYears);
        double score = DateScore.of(time, cues);
        boolean fits = score > 0 && score != 0.3; // the rest of the month of a named day
        assertThat(
                DateScore.spans(cues, now).stream()
                    .anyMatch(span -> time >= span.from() && time < span.to()))
            .as("%s at %d", when, time)
            .isEqualTo(fits);
      }
    }
  }

  private static double score(String when, LocalDateTime time) {
    return DateScore.of(time.toEpochSecond(ZoneOffset.UTC), cues(when));
  }

  private static List<TimeCue> cues(String when) {
    return QuestionCues.of("What happened " + when + "?", NOW).times();
  }
}
