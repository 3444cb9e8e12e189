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
          What happened this past Friday?            | past Friday         | 2026-07-10 | 2026-07-11 | DAY
          What happened over the last weekend?       | last weekend        | 2026-07-11 | 2026-07-13 | WEEK
          What happened over the weekend?            | over the weekend    | 2026-07-11 | 2026-07-13 | WEEK
          What happened last quarter?                | last quarter        | 2026-04-01 | 2026-07-01 | SEASON
          What happened this quarter?                | this quarter        | 2026-07-01 | 2026-10-01 | SEASON
          What happened the night before last?       | the night before last | 2026-07-14 | 2026-07-15 | DAY
          What happened the week before last?        | the week before last | 2026-06-29 | 2026-07-06 | WEEK
          What happened the month before last?       | the month before last | 2026-05-01 | 2026-06-01 | MONTH
          What happened earlier this week?           | earlier this week   | 2026-07-13 | 2026-07-17 | SPAN
          What happened earlier this year?           | earlier this year   | 2026-01-01 | 2026-07-17 | SPAN
          What happened this summer?                 | this summer         | 2026-06-01 | 2026-09-01 | SEASON
          What happened this May?                    | this May            | 2026-05-01 | 2026-06-01 | MONTH
          What happens this winter?                  | this winter         | 2026-12-01 | 2027-03-01 | SEASON
          What happens later this month?             | later this month    | 2026-07-16 | 2026-08-01 | SPAN
          What happens the week after next?          | the week after next | 2026-07-27 | 2026-08-03 | WEEK
          What happens this coming Friday?           | coming Friday       | 2026-07-17 | 2026-07-18 | DAY
          What happens next Friday?                  | next Friday         | 2026-07-24 | 2026-07-25 | DAY
          What happens next Monday?                  | next Monday         | 2026-07-20 | 2026-07-21 | DAY
          What happened yesterday morning?           | yesterday           | 2026-07-15 | 2026-07-16 | DAY
          What is on Thursday?                       | on Thursday         | 2026-07-23 | 2026-07-24 | DAY
          Do I have a meeting planned on Friday?     | on Friday           | 2026-07-17 | 2026-07-18 | DAY
          What did we do at Monday's standup?        | Monday's            | 2026-07-13 | 2026-07-14 | DAY
          What happens in the next 7 days?           | next 7 days         | 2026-07-16 | 2026-07-24 | SPAN
          What happened over the last couple of months? | last couple of months | 2026-02-16 | 2026-07-17 | SPAN
          What happened on Thursday?                 | on Thursday         | 2026-07-09 | 2026-07-10 | DAY
          What happens tomorrow?                     | tomorrow            | 2026-07-17 | 2026-07-18 | DAY
          What happens the day after tomorrow?       | the day after tomorrow | 2026-07-18 | 2026-07-19 | DAY
          What happens next week?                    | next week           | 2026-07-20 | 2026-07-27 | WEEK
          What happens next weekend?                 | next weekend        | 2026-07-25 | 2026-07-27 | WEEK
          What happens next month?                   | next month          | 2026-08-01 | 2026-09-01 | MONTH
          What happens next year?                    | next year           | 2027-01-01 | 2028-01-01 | YEAR
          What happens this Friday?                  | this Friday         | 2026-07-17 | 2026-07-18 | DAY
          What is due at the end of the week?        | the week            | 2026-07-13 | 2026-07-20 | WEEK
          What happens at the end of the month?      | end of the month    | 2026-07-21 | 2026-08-01 | SPAN
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
      strings = {
        "What is planned for next summer and next May?",
        "Was geschah am letzten Montag?",
        "Is it Monday, and is there a meeting every Friday?",
        "Who scored in the last quarter, and who in this quarter of the match?",
        "What happened in the last week of the course?",
        "What happened at the end of the week of the fair?",
        "What happened the day after Monday?",
        "What does he do on the weekend?",
        "Can this may happen, and will this fall apart?",
        "Why march to the sea?"
      })
  void whatIsNotClearIsLeftAlone(String question) {
    assertThat(Asked.times(question)).isEmpty();
  }
}
