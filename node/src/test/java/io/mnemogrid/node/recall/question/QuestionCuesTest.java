package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionCuesTest {
  /** A Thursday. */
  private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-07-16T15:00:00Z");

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened on 8 May 2023?               | 8 May 2023          | 2023-05-08 | 2023-05-09 | DAY
          What happened on 8 May, 2023?              | 8 May, 2023         | 2023-05-08 | 2023-05-09 | DAY
          What happened on the 8th of May 2023?      | 8th of May 2023     | 2023-05-08 | 2023-05-09 | DAY
          What happened on May 8, 2023?              | May 8, 2023         | 2023-05-08 | 2023-05-09 | DAY
          What happened on May 8th 2023?             | May 8th 2023        | 2023-05-08 | 2023-05-09 | DAY
          What happened on December 1,2023 there?    | December 1,2023     | 2023-12-01 | 2023-12-02 | DAY
          What happened on Sept 3, 2022?             | Sept 3, 2022        | 2022-09-03 | 2022-09-04 | DAY
          What happened on 2023-05-08?               | 2023-05-08          | 2023-05-08 | 2023-05-09 | DAY
          What happened at 2023-05-08T13:56?         | 2023-05-08T13       | 2023-05-08 | 2023-05-09 | DAY
          What happened on 2023/5/8?                 | 2023/5/8            | 2023-05-08 | 2023-05-09 | DAY
          What happened on 25/12/2023?               | 25/12/2023          | 2023-12-25 | 2023-12-26 | DAY
          What happened on 12/25/2023?               | 12/25/2023          | 2023-12-25 | 2023-12-26 | DAY
          What happened on 5/5/2023?                 | 5/5/2023            | 2023-05-05 | 2023-05-06 | DAY
          What happened on 25.12.2023?               | 25.12.2023          | 2023-12-25 | 2023-12-26 | DAY
          What happened in May 2023?                 | May 2023            | 2023-05-01 | 2023-06-01 | MONTH
          What happened in may of 2023?              | may of 2023         | 2023-05-01 | 2023-06-01 | MONTH
          What happened in mid-August 2023?          | August 2023         | 2023-08-01 | 2023-09-01 | MONTH
          What happened in 2023-05?                  | 2023-05             | 2023-05-01 | 2023-06-01 | MONTH
          What happened in 2022?                     | 2022                | 2022-01-01 | 2023-01-01 | YEAR
          What happened in early 2022?               | 2022                | 2022-01-01 | 2023-01-01 | YEAR
          What happened in summer 2023?              | summer 2023         | 2023-06-01 | 2023-09-01 | SEASON
          What happened in the winter of 2022?       | winter of 2022      | 2022-12-01 | 2023-03-01 | SEASON
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
          What happened half an hour ago?            | half an hour ago    | 2026-07-16 | 2026-07-17 | DAY
          What happened a year and a half ago?       | a year and a half ago | 2025-01-01 | 2025-02-01 | MONTH
          What happened thirty days ago?             | thirty days ago     | 2026-06-16 | 2026-06-17 | DAY
          What happened twenty-five days ago?        | twenty-five days ago | 2026-06-21 | 2026-06-22 | DAY
          What happened forty two years ago?         | forty two years ago | 1984-01-01 | 1985-01-01 | YEAR
          What happened a fortnight ago?             | a fortnight ago     | 2026-06-29 | 2026-07-06 | WEEK
          What happens tomorrow?                     | tomorrow            | 2026-07-17 | 2026-07-18 | DAY
          What happens the day after tomorrow?       | the day after tomorrow | 2026-07-18 | 2026-07-19 | DAY
          What happens next week?                    | next week           | 2026-07-20 | 2026-07-27 | WEEK
          What happens next weekend?                 | next weekend        | 2026-07-25 | 2026-07-27 | WEEK
          What happens next month?                   | next month          | 2026-08-01 | 2026-09-01 | MONTH
          What happens next year?                    | next year           | 2027-01-01 | 2028-01-01 | YEAR
          What happens this Friday?                  | this Friday         | 2026-07-17 | 2026-07-18 | DAY
          What happened this Monday?                 | this Monday         | 2026-07-13 | 2026-07-14 | DAY
          What happened over the past few weeks?     | past few weeks      | 2026-06-11 | 2026-07-17 | SPAN
          What happened between 3 May and 9 June 2023? | between 3 May and 9 June 2023 | 2023-05-03 | 2023-06-10 | SPAN
          What happened between 2019 and 2021?       | between 2019 and 2021 | 2019-01-01 | 2022-01-01 | SPAN
          What happened from May 2022 to July 2022?  | from May 2022 to July 2022 | 2022-05-01 | 2022-08-01 | SPAN
          What happened between 3 and 5 May 2023?    | between 3 and 5 May 2023 | 2023-05-03 | 2023-05-06 | SPAN
          What happened between the 3rd and the 5th of May 2023? | between the 3rd and the 5th of May 2023 | 2023-05-03 | 2023-05-06 | SPAN
          What happened from 3 to 5 May 2023?        | from 3 to 5 May 2023 | 2023-05-03 | 2023-05-06 | SPAN
          What happened on 3-5 May 2023?             | 3-5 May 2023        | 2023-05-03 | 2023-05-06 | SPAN
          What happened on May 5-7, 2023?            | May 5-7, 2023       | 2023-05-05 | 2023-05-08 | SPAN
          What happened between May 5 and 7, 2023?   | between May 5 and 7, 2023 | 2023-05-05 | 2023-05-08 | SPAN
          What happened between May 5 and May 7, 2023? | between May 5 and May 7, 2023 | 2023-05-05 | 2023-05-08 | SPAN
          What happened on May 5 - 7, 2023?          | May 5 - 7, 2023     | 2023-05-05 | 2023-05-08 | SPAN
          What happened on 5 May - 7 May 2023?       | 5 May - 7 May 2023  | 2023-05-05 | 2023-05-08 | SPAN
          What happened in March \u2013 May 2023?    | March \u2013 May 2023 | 2023-03-01 | 2023-06-01 | SPAN
          What happened in March-May 2023?           | March-May 2023      | 2023-03-01 | 2023-06-01 | SPAN
          What happened in November-February 2023?   | November-February 2023 | 2022-11-01 | 2023-03-01 | SPAN
          What happened in 2019-2021?                | 2019-2021           | 2019-01-01 | 2022-01-01 | SPAN
          What happened from March 2023 to June?     | from March 2023 to June | 2023-03-01 | 2023-07-01 | SPAN
          What happened from November 2022 to March? | from November 2022 to March | 2022-11-01 | 2023-04-01 | SPAN
          What happened after March and before June 2023? | after March and before June 2023 | 2023-04-01 | 2023-06-01 | SPAN
          What happened after October and before March 2023? | after October and before March 2023 | 2022-11-01 | 2023-03-01 | SPAN
          What happened after March 2023 and before June? | after March 2023 and before June | 2023-04-01 | 2023-06-01 | SPAN
          What happened on Mar. 5, 2023?             | Mar. 5, 2023        | 2023-03-05 | 2023-03-06 | DAY
          What happened on Sept. 5, 2023?            | Sept. 5, 2023       | 2023-09-05 | 2023-09-06 | DAY
          What happened on 5 Sept. 2023?             | 5 Sept. 2023        | 2023-09-05 | 2023-09-06 | DAY
          May 5, 2023: what happened?                | May 5, 2023         | 2023-05-05 | 2023-05-06 | DAY
          What happened in Q3 2023?                  | Q3 2023             | 2023-07-01 | 2023-10-01 | SEASON
          What happened in 2000 as we moved?         | 2000                | 2000-01-01 | 2001-01-01 | YEAR
          What happened in 2000 this far?            | 2000                | 2000-01-01 | 2001-01-01 | YEAR
          """)
  void aTimeIsReadAsARange(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(times(question)).containsExactly(cue(text, from, to, grain, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened in May?          | May    | 2026-05-01 | 2026-06-01 | MONTH
          What happened in august?       | august | 2025-08-01 | 2025-09-01 | MONTH
          What happened on May 8?        | May 8  | 2026-05-08 | 2026-05-09 | DAY
          What happened on 24 December?  | 24 December | 2025-12-24 | 2025-12-25 | DAY
          What happened on February 29?  | February 29 | 2026-02-28 | 2026-03-01 | DAY
          Sep 11 happened what?          | Sep 11 | 2025-09-11 | 2025-09-12 | DAY
          What about sep 11?             | sep 11 | 2025-09-11 | 2025-09-12 | DAY
          What happened on May 5-7?      | May 5-7 | 2026-05-05 | 2026-05-08 | SPAN
          What happened from 3 to 5 August? | from 3 to 5 August | 2025-08-03 | 2025-08-06 | SPAN
          What happened in the summer?   | summer | 2026-06-01 | 2026-09-01 | SEASON
          What happened in December and what in 2022? | December | 2025-12-01 | 2026-01-01 | MONTH
          """)
  void withoutAYearTheSameDaysOfEveryYearAreMeant(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(times(question)).contains(cue(text, from, to, grain, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What did she say?",
        "May I ask what may happen?",
        "Will they march for peace?",
        "When did he fall off his bike?",
        "Which spring roll did she like?",
        "Who bought 2077 apples?",
        "Did he finish Cyberpunk 2077?",
        "What is on page 5/8?",
        "What happened on 5/8/2023?", // May or August
        "What happened on 2023-13-45?",
        "What happened in 1492?",
        "What is planned for next summer and next May?",
        "What happened 1.5 years ago?",
        "What happened on 31 June?",
        "What happened on the 31st of June?",
        "What happened on June 31?",
        "What happened on 30-31 June?",
        "What happened on 29 February 2023?",
        "What happened on 31 June 2023?",
        "What happened on June 31, 2023?",
        "Was it done in 2000 steps, for fees from 2000 users, or after 2000 requests?",
        "They march 5 miles.",
        "What happened 2,500 days ago?",
        "What happened a hundred and five years ago?",
        "What happened half a week ago?",
        "What happened a week and a half ago?",
        "What happened two and a half years ago?",
        "What happened in the last 3 days of the journey?",
        "What happened two days after the wedding?",
        "What happened three weeks earlier?",
        "What happened two weeks before the wedding?",
        "How long did they wait for two weeks?",
        "Was geschah am letzten Montag?",
        "\u4E94\u6708\u516B\u65E5\u306B\u4F55\u304C\u3042\u3063\u305F\u304B",
        "",
        "   "
      })
  void whatIsNoTimeOrIsNotClearIsLeftAlone(String question) {
    assertThat(times(question)).isEmpty();
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
    assertThat(times(question)).contains(cue(text, from, to, grain, false)).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          What happened since 8 May 2023?                | since 8 May 2023          | 2023-05-08 | -
          What happened after 8 May 2023?                | after 8 May 2023          | 2023-05-09 | -
          What happened before 8 May 2023?               | before 8 May 2023         | -          | 2023-05-08
          What happened until 8 May 2023?                | until 8 May 2023          | -          | 2023-05-09
          What happened till 8 May 2023?                 | till 8 May 2023           | -          | 2023-05-09
          What happened by 8 May 2023?                   | by 8 May 2023             | -          | 2023-05-09
          What happened after the 8th of May 2023?       | after the 8th of May 2023 | 2023-05-09 | -
          hiking after May 2023                          | after May 2023            | 2023-06-01 | -
          hiking before May 2023                         | before May 2023           | -          | 2023-05-01
          hiking since July 2023                         | since July 2023           | 2023-07-01 | -
          hiking until 2022                              | until 2022                | -          | 2023-01-01
          What happened after the summer of 2023?        | after the summer of 2023  | 2023-09-01 | -
          What happened before May?                      | before May                | -          | 2026-05-01
          What happened by the end of 2022?              | by the end of 2022        | -          | 2023-01-01
          What happened after the end of 2022?           | after the end of 2022     | 2023-01-01 | -
          What happened before the end of 2022?          | before the end of 2022    | -          | 2023-01-01
          What happened before early 2022?               | before early 2022         | -          | 2022-01-01
          What happened after mid-August 2023?           | after mid-August 2023     | 2023-08-01 | -
          What happened since yesterday?                 | since yesterday           | 2026-07-15 | -
          What happened since Monday?                    | since Monday              | 2026-07-13 | -
          What happened two weeks before 2022?           | before 2022               | -          | 2022-01-01
          What happened before March-May 2023?           | before March-May 2023     | -          | 2023-03-01
          What happened after last week?                 | after last week           | 2026-07-13 | -
          What happened before last Friday?              | before last Friday        | -          | 2026-07-10
          """)
  void aBoundIsAllToOneSideOfItAndNotTheTimeItself(
      String question, String text, @Nullable LocalDate from, @Nullable LocalDate to) {
    long begin = from == null ? Long.MIN_VALUE : seconds(from);
    long end = to == null ? Long.MAX_VALUE : seconds(to);
    assertThat(times(question)).containsExactly(new TimeCue(text, begin, end, Grain.OPEN, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened after May 2023 and before August 2023?    | after May 2023 and before August 2023
          What happened after May 2023 before August 2023?        | after May 2023 before August 2023
          What happened since 1 June 2023 until the end of July 2023? | since 1 June 2023 until the end of July 2023
          What happened from June 2023 till July 2023?            | from June 2023 till July 2023
          """)
  void twoBoundsCloseASpan(String question, String text) {
    LocalDate from = LocalDate.of(2023, 6, 1);
    LocalDate to = LocalDate.of(2023, 8, 1);
    assertThat(times(question)).containsExactly(cue(text, from, to, Grain.SPAN, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What did he do the week before August 3, 2023?",
        "What puppy did she get two weeks before August 3, 2023?",
        "What did she join last weekend before August 3, 2023?",
        "What did she join the day after August 3, 2023?",
        "What did she join 3 days after August 3, 2023?",
        "She came after? On August 3, 2023!"
      })
  void aDayThatAnotherIsCountedFromIsNoBound(String question) {
    LocalDate day = LocalDate.of(2023, 8, 3);
    assertThat(times(question))
        .contains(cue("August 3, 2023", day, day.plusDays(1), Grain.DAY, false))
        .noneMatch(time -> time.grain() == Grain.OPEN);
  }

  @Test
  void aDayBeginsWhereTheAskerIs() {
    ZonedDateTime tokyo = NOW.withZoneSameInstant(ZoneId.of("Asia/Tokyo"));
    assertThat(QuestionCues.of("What happened today?", tokyo).times().getFirst().from())
        .isEqualTo(Instant.parse("2026-07-16T15:00:00Z").getEpochSecond());
  }

  @Test
  void withoutAYearWhatIsCountedFromADayIsOfEveryYearToo() {
    assertThat(times("What happened two days after 8 May?"))
        .contains(
            cue(
                "two days after",
                LocalDate.of(2026, 5, 10),
                LocalDate.of(2026, 5, 11),
                Grain.DAY,
                true));
  }

  @Test
  void severalTimesAreReadInTheirOrder() {
    assertThat(times("Was it in May 2022, on 3 June 2023 or in 2021?"))
        .extracting(TimeCue::text)
        .containsExactly("May 2022", "3 June 2023", "2021");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "When did Caroline go hiking?",
        "when was it",
        "Since when does she paint?",
        "Do you know when he left?",
        "She left. When?",
        "What year did John start surfing?",
        "In which month's game did John score?",
        "On what date is the release?",
        "How long ago was her birthday?"
      })
  void aQuestionForATimeIsKnown(String question) {
    assertThat(QuestionCues.of(question, NOW).asksWhen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How did she feel when she fell?",
        "What did they say when asked?",
        "What game takes years to finish?",
        "How long has she been married?",
        "Wann war das?"
      })
  void otherQuestionsAreNotForATime(String question) {
    assertThat(QuestionCues.of(question, NOW).asksWhen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          What did Caroline research?                      | Caroline
          What did John's teammates give James' dog?       | John;James
          Which Universal Studios ride did Tim like?       | Universal Studios;Tim
          Caroline's plans for the summer?                 | Caroline
          Harry Potter or not?                             | Harry Potter
          Does Jean-Luc know Zo\u00EB O'Brien?             | Jean-Luc;Zo\u00EB O'Brien
          Did Will ask what Mark may do in May?            | Will;Mark
          Describe it. Explain why. Please tell I like it. | -
          what did caroline research                       | -
          WHAT DID CAROLINE RESEARCH                       | -
          Did Tim, John and Tim meet?                      | Tim;John
          """)
  void namesAreWhatIsCapitalisedWithoutNeed(String question, String names) {
    List<String> expected = names == null ? List.of() : List.of(names.split(";", -1));
    assertThat(QuestionCues.of(question, NOW).names()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "What did Caroline research?, Caroline, true",
    "What did Caroline research?, caroline, true",
    "What did Caroline research?, Caroline Smith, true",
    "What did Caroline research?, Melanie, false",
    "What did Caroline research?, Carol, false",
    "What did Caroline research?, '', false",
    "Caroline went where?, Caroline, true",
    "what did caroline research, Caroline, true",
    "What did caroline research?, Caroline, true",
    "WHAT DID CAROLINE RESEARCH?, Caroline, true",
    "What did John's dog eat?, John, true",
    "Will it rain on John?, Will, false",
    "Did Will see the rain?, Will, true",
    "What did the user want from John?, The Assistant, false",
  })
  void aSpeakerIsMentionedByAnyWordOfTheName(String question, String speaker, boolean mentioned) {
    assertThat(QuestionCues.of(question, NOW).mentions(speaker)).isEqualTo(mentioned);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      textBlock =
          """
          What happened in May 2023?,                 true
          What did we do last week?,                  true
          Tell me everything about... yesterday,      false
          Yesterday?,                                 true
          What happened in the US in May 2023?,       false
          What did WHO do last week?,                 false
          WHAT HAPPENED IN MAY 2023?,                 true
          What happened to the lease in May 2023?,    false
          What happened?,                             false
          ~Was there anything on 8 May 2023, or not?~, false
          """)
  void aQuestionMaySayNothingBesideItsTimes(String question, boolean alone) {
    assertThat(QuestionCues.of(question, NOW).timesAlone()).isEqualTo(alone);
  }

  @Test
  void whatIsKeptOfAQuestionIsBounded() {
    String times = "on 8 May 2023, ".repeat(TimeReader.TIMES_MAX + 1);
    assertThat(times("Was it " + times + "?")).hasSize(TimeReader.TIMES_MAX);
    StringBuilder names = new StringBuilder("was it ");
    for (int i = 0; i <= Names.NAMES_MAX; i++) {
      names.append("with N").append((char) ('a' + i)).append(' ');
    }
    assertThat(QuestionCues.of(names.toString(), NOW).names()).hasSize(Names.NAMES_MAX);
    assertThat(times(" ".repeat(QuestionCues.CHARS_MAX) + "on 8 May 2023")).isEmpty();
    assertThat(times("a ".repeat(Words.COUNT_MAX) + "on 8 May 2023")).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noQuestionIsTooOddToRead(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> pieces =
        List.of(
            "May",
            "8",
            "2023",
            "-",
            "/",
            ".",
            ",",
            "'",
            "\u2019s",
            "\"",
            " ",
            "\n",
            "between",
            "and",
            "last",
            "week",
            "ago",
            "two",
            "the",
            "day",
            "before",
            "31",
            "February",
            "of",
            "\uD83D",
            "\uDE00",
            "\uD83D\uDE00",
            "e\u0301",
            "\u0130",
            "\u00DF",
            "\u4E00",
            "00",
            "in",
            "9999",
            "a",
            "few",
            "years",
            "back",
            "on",
            "Friday",
            "winter",
            "T",
            "\u0000",
            "999");
    StringBuilder question = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      question.append(pieces.get(random.nextInt(pieces.size())));
      question.append(random.nextBoolean() ? " " : "");
    }
    assertThatCode(
            () -> {
              QuestionCues cues = QuestionCues.of(question.toString(), NOW);
              cues.times().forEach(cue -> assertThat(question).contains(cue.text()));
              cues.names().forEach(name -> assertThat(question).contains(name));
              cues.mentions(question.toString());
            })
        .doesNotThrowAnyException();
  }

  private static List<TimeCue> times(String question) {
    return QuestionCues.of(question, NOW).times();
  }

  private static TimeCue cue(
      String text, LocalDate from, LocalDate to, Grain grain, boolean everyYear) {
    return new TimeCue(text, seconds(from), seconds(to), grain, everyYear);
  }

  private static long seconds(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }
}
