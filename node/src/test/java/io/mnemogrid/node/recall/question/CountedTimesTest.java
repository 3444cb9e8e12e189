package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountedTimesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened 3 days ago?                  | 3 days ago          | 2026-07-13 | 2026-07-14 | DAY
          What happened an hour ago?                 | an hour ago         | 2026-07-16 | 2026-07-17 | DAY
          What happened two weeks ago?               | two weeks ago       | 2026-06-29 | 2026-07-06 | WEEK
          What happened three months ago?            | three months ago    | 2026-04-01 | 2026-05-01 | MONTH
          What happened 4 years ago?                 | 4 years ago         | 2022-01-01 | 2023-01-01 | YEAR
          What happened a few days ago?              | a few days ago      | 2026-07-10 | 2026-07-15 | SPAN
          What happened a couple of weeks ago?       | a couple of weeks ago | 2026-06-04 | 2026-07-09 | SPAN
          What happened a few years back?            | a few years back    | 2020-07-16 | 2025-07-16 | SPAN
          What happened in the last 10 days?         | last 10 days        | 2026-07-06 | 2026-07-17 | SPAN
          What happened 48 hours ago?                | 48 hours ago        | 2026-07-14 | 2026-07-15 | DAY
          What happened 36 hours ago?                | 36 hours ago        | 2026-07-15 | 2026-07-16 | DAY
          What happened 14 hours ago?                | 14 hours ago        | 2026-07-16 | 2026-07-17 | DAY
          What happened 90 minutes ago?              | 90 minutes ago      | 2026-07-16 | 2026-07-17 | DAY
          What happened a few hours ago?             | a few hours ago     | 2026-07-16 | 2026-07-17 | DAY
          What happened in the last 24 hours?        | last 24 hours       | 2026-07-15 | 2026-07-17 | SPAN
          What happened in the last 72 hours?        | last 72 hours       | 2026-07-13 | 2026-07-17 | SPAN
          What happened in the last 2 hours?         | last 2 hours        | 2026-07-16 | 2026-07-17 | SPAN
          What happened half a year ago?             | half a year ago     | 2026-01-01 | 2026-02-01 | MONTH
          What happened a couple days ago?           | a couple days ago   | 2026-07-10 | 2026-07-15 | SPAN
          What happened 10 mins ago?                 | 10 mins ago         | 2026-07-16 | 2026-07-17 | DAY
          What happened 20 hrs ago?                  | 20 hrs ago          | 2026-07-15 | 2026-07-16 | DAY
          What happened a week and a half ago?       | a week and a half ago | 2026-07-03 | 2026-07-10 | WEEK
          What happened two and a half weeks ago?    | two and a half weeks ago | 2026-06-26 | 2026-07-03 | WEEK
          What happened a month and a half ago?      | a month and a half ago | 2026-05-29 | 2026-06-05 | WEEK
          What happened two and a half hours ago?    | two and a half hours ago | 2026-07-16 | 2026-07-17 | DAY
          What happened two and a half years ago?    | two and a half years ago | 2024-01-01 | 2024-02-01 | MONTH
          What happened 1.5 years ago?               | 1.5 years ago       | 2025-01-01 | 2025-02-01 | MONTH
          What happened half a week ago?             | half a week ago     | 2026-07-10 | 2026-07-17 | WEEK
          What happened a half day ago?              | a half day ago      | 2026-07-16 | 2026-07-17 | DAY
          What happened in the last hour?            | last hour           | 2026-07-16 | 2026-07-17 | SPAN
          What happened in the last minute?          | last minute         | 2026-07-16 | 2026-07-17 | SPAN
          What happened within the past hour?        | past hour           | 2026-07-16 | 2026-07-17 | SPAN
          What happened over the past day?           | past day            | 2026-07-15 | 2026-07-17 | SPAN
          What happened in the past week?            | past week           | 2026-07-09 | 2026-07-17 | SPAN
          What happened this past month?             | past month          | 2026-06-16 | 2026-07-17 | SPAN
          What happened over the last year?          | last year           | 2025-07-16 | 2026-07-17 | SPAN
          What happened over the last year and a half? | last year and a half | 2025-01-16 | 2026-07-17 | SPAN
          What happened in the last half hour?       | last half hour      | 2026-07-16 | 2026-07-17 | SPAN
          What happened half an hour ago?            | half an hour ago    | 2026-07-16 | 2026-07-17 | DAY
          What happened a year and a half ago?       | a year and a half ago | 2025-01-01 | 2025-02-01 | MONTH
          What happened thirty days ago?             | thirty days ago     | 2026-06-16 | 2026-06-17 | DAY
          What happened twenty-five days ago?        | twenty-five days ago | 2026-06-21 | 2026-06-22 | DAY
          What happened forty two years ago?         | forty two years ago | 1984-01-01 | 1985-01-01 | YEAR
          What happened a fortnight ago?             | a fortnight ago     | 2026-06-29 | 2026-07-06 | WEEK
          What failed in the last 24h?               | last 24h            | 2026-07-15 | 2026-07-17 | SPAN
          What failed in the past 7d?                | past 7d             | 2026-07-09 | 2026-07-17 | SPAN
          What happened 2w ago?                      | 2w ago              | 2026-06-29 | 2026-07-06 | WEEK
          What happened over the past few weeks?     | past few weeks      | 2026-06-11 | 2026-07-17 | SPAN
          """)
  void aTimeIsSoManyUnitsAway(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).containsExactly(Asked.cue(text, from, to, grain, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What did he do the week before August 3, 2023?       | the week before  | 2023-07-27 | 2023-08-03 | WEEK
          What puppy did she get two weeks before 11 August 2023? | two weeks before | 2023-07-25 | 2023-08-01 | WEEK
          What did she join last weekend before April 10, 2023? | last weekend    | 2023-04-08 | 2023-04-10 | WEEK
          What was wrong last week, as said on 6 November 2023? | last week       | 2023-10-30 | 2023-11-06 | WEEK
          What happened 3 days before yesterday?               | 3 days before    | 2026-07-12 | 2026-07-13 | DAY
          What happened the day after 3 May 2023?              | the day after    | 2023-05-04 | 2023-05-05 | DAY
          What happened 3 days after 8 May 2023?               | 3 days after     | 2023-05-11 | 2023-05-12 | DAY
          What happened 48 hours after 8 May 2023?             | 48 hours after   | 2023-05-10 | 2023-05-11 | DAY
          What happened two weeks after the 8th of May 2023?   | two weeks after  | 2023-05-19 | 2023-05-26 | WEEK
          What happened a few days after 8 May 2023?           | a few days after | 2023-05-10 | 2023-05-15 | SPAN
          What happened two years after 2020?                  | two years after  | 2022-01-01 | 2023-01-01 | YEAR
          What happened two years before 2020?                 | two years before | 2018-01-01 | 2019-01-01 | YEAR
          What happened three months after May 2023?           | three months after | 2023-08-01 | 2023-09-01 | MONTH
          What happened the year after 2020?                   | the year after   | 2021-01-01 | 2022-01-01 | YEAR
          What happened the month before May 2023?             | the month before | 2023-04-01 | 2023-05-01 | MONTH
          """)
  void beforeADayThatIsNamedCountsFromThatDay(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question))
        .contains(Asked.cue(text, from, to, grain, false))
        .hasSizeGreaterThan(1);
  }

  @Test
  void withoutAYearWhatIsCountedFromADayIsOfEveryYearToo() {
    assertThat(Asked.times("What happened two days after 8 May?"))
        .contains(
            Asked.cue(
                "two days after",
                LocalDate.of(2026, 5, 10),
                LocalDate.of(2026, 5, 11),
                Grain.DAY,
                true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What happened 1.75 years ago?",
        "What happened 2,500 days ago?",
        "What happened 1200 and a half hours ago?",
        "What happened half hours ago?",
        "What happened at the last minute?",
        "What happened on the last day?",
        "What happened in the last hour of the journey?",
        "What happened in his last hour?",
        "Which is the second option?",
        "Who has a second back injury?",
        "What happened the other day?",
        "What happened a hundred and five years ago?",
        "What happened in the last 3 days of the journey?",
        "What happened two days after the wedding?",
        "What happened three weeks earlier?",
        "What happened two weeks before the wedding?",
        "How long did they wait for two weeks?"
      })
  void whatIsNotCountedFromAnythingKnownIsLeftAlone(String question) {
    assertThat(Asked.times(question)).isEmpty();
  }
}
