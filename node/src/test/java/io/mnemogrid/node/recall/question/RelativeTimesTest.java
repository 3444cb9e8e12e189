package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeTimesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened today?                       | today               | 2026-07-16 | 2026-07-17 | DAY
          What happened yesterday?                   | yesterday           | 2026-07-15 | 2026-07-16 | DAY
          What happened last night?                  | last night          | 2026-07-15 | 2026-07-16 | DAY
          What happened this morning?                | this morning        | 2026-07-16 | 2026-07-17 | DAY
          What happened the day before yesterday?    | the day before yesterday | 2026-07-14 | 2026-07-15 | DAY
          What happened last week?                   | last week           | 2026-07-06 | 2026-07-13 | WEEK
          What happened this week?                   | this week           | 2026-07-13 | 2026-07-20 | WEEK
          What happened last weekend?                | last weekend        | 2026-07-11 | 2026-07-13 | WEEK
          What happened last month?                  | last month          | 2026-06-01 | 2026-07-01 | MONTH
          What happened last year?                   | last year           | 2025-01-01 | 2026-01-01 | YEAR
          What happened last May?                    | last May            | 2026-05-01 | 2026-06-01 | MONTH
          What happened last August?                 | last August         | 2025-08-01 | 2025-09-01 | MONTH
          What happened last summer?                 | last summer         | 2025-06-01 | 2025-09-01 | SEASON
          What happened last Friday?                 | last Friday         | 2026-07-10 | 2026-07-11 | DAY
          What happened on Thursday?                 | on Thursday         | 2026-07-09 | 2026-07-10 | DAY
          What happens tomorrow?                     | tomorrow            | 2026-07-17 | 2026-07-18 | DAY
          What happens the day after tomorrow?       | the day after tomorrow | 2026-07-18 | 2026-07-19 | DAY
          What happens next week?                    | next week           | 2026-07-20 | 2026-07-27 | WEEK
          What happens next weekend?                 | next weekend        | 2026-07-25 | 2026-07-27 | WEEK
          What happens next month?                   | next month          | 2026-08-01 | 2026-09-01 | MONTH
          What happens next year?                    | next year           | 2027-01-01 | 2028-01-01 | YEAR
          What happens this Friday?                  | this Friday         | 2026-07-17 | 2026-07-18 | DAY
          What happened this Monday?                 | this Monday         | 2026-07-13 | 2026-07-14 | DAY
          """)
  void aTimeIsToldFromTheDayOfTheQuestion(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).containsExactly(Asked.cue(text, from, to, grain, false));
  }

  @Test
  void aDayBeginsWhereTheAskerIs() {
    ZonedDateTime tokyo = Asked.NOW.withZoneSameInstant(ZoneId.of("Asia/Tokyo"));
    assertThat(QuestionCues.of("What happened today?", tokyo).times().getFirst().from())
        .isEqualTo(Instant.parse("2026-07-16T15:00:00Z").getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"What is planned for next summer and next May?", "Was geschah am letzten Montag?"})
  void whatIsNotClearIsLeftAlone(String question) {
    assertThat(Asked.times(question)).isEmpty();
  }
}
