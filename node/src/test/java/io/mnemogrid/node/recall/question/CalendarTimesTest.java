package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTimesTest {
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
          What happened on 5.6.2024?                 | 5.6.2024            | 2024-06-05 | 2024-06-06 | DAY
          What happened in May of last year?         | May of last year    | 2025-05-01 | 2025-06-01 | MONTH
          What happened last year in May?            | last year in May    | 2025-05-01 | 2025-06-01 | MONTH
          What happened in May two years ago?        | May two years ago   | 2024-05-01 | 2024-06-01 | MONTH
          What happened on the 3rd of September last year? | 3rd of September last year | 2025-09-03 | 2025-09-04 | DAY
          What happened in the summer of last year?  | summer of last year | 2025-06-01 | 2025-09-01 | SEASON
          What happened on Tuesday 9 May 2023?       | 9 May 2023          | 2023-05-09 | 2023-05-10 | DAY
          What happened on Tuesday, the 9th of May 2023? | 9th of May 2023 | 2023-05-09 | 2023-05-10 | DAY
          What happened in May 2023?                 | May 2023            | 2023-05-01 | 2023-06-01 | MONTH
          What happened in may of 2023?              | may of 2023         | 2023-05-01 | 2023-06-01 | MONTH
          What happened in 2023-05?                  | 2023-05             | 2023-05-01 | 2023-06-01 | MONTH
          What happened in 2022?                     | 2022                | 2022-01-01 | 2023-01-01 | YEAR
          What happened in summer 2023?              | summer 2023         | 2023-06-01 | 2023-09-01 | SEASON
          What happened in the winter of 2022?       | winter of 2022      | 2022-12-01 | 2023-03-01 | SEASON
          What happened on Mar. 5, 2023?             | Mar. 5, 2023        | 2023-03-05 | 2023-03-06 | DAY
          What happened on Sept. 5, 2023?            | Sept. 5, 2023       | 2023-09-05 | 2023-09-06 | DAY
          What happened on 5 Sept. 2023?             | 5 Sept. 2023        | 2023-09-05 | 2023-09-06 | DAY
          May 5, 2023: what happened?                | May 5, 2023         | 2023-05-05 | 2023-05-06 | DAY
          What happened in Q3 2023?                  | Q3 2023             | 2023-07-01 | 2023-10-01 | SEASON
          What about q3 2023?                        | q3 2023             | 2023-07-01 | 2023-10-01 | SEASON
          What happened in Q3 of 2023?               | Q3 of 2023          | 2023-07-01 | 2023-10-01 | SEASON
          What happened in the third quarter of 2023? | third quarter of 2023 | 2023-07-01 | 2023-10-01 | SEASON
          In 2023 sales rose, did they not?          | 2023                | 2023-01-01 | 2024-01-01 | YEAR
          During 2023 prices rose, did they not?     | 2023                | 2023-01-01 | 2024-01-01 | YEAR
          Who signed one of the 2023 or of 2024 contracts? | 2024          | 2024-01-01 | 2025-01-01 | YEAR
          What happened in 2000 as we moved?         | 2000                | 2000-01-01 | 2001-01-01 | YEAR
          What happened in 2000 this far?            | 2000                | 2000-01-01 | 2001-01-01 | YEAR
          How were the sales for 2023?               | 2023                | 2023-01-01 | 2024-01-01 | YEAR
          What happened in the year 2000?            | 2000                | 2000-01-01 | 2001-01-01 | YEAR
          What happened in H1 2023?                  | H1 2023             | 2023-01-01 | 2023-07-01 | SEASON
          What happened in the H2 of 2023?           | H2 of 2023          | 2023-07-01 | 2024-01-01 | SEASON
          """)
  void whatTheCalendarNamesIsReadAsARange(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).containsExactly(Asked.cue(text, from, to, grain, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened in May?          | May    | 2026-05-01 | 2026-06-01 | MONTH
          What happened in august?       | august | 2025-08-01 | 2025-09-01 | MONTH
          what happened on may 8?        | may 8  | 2026-05-08 | 2026-05-09 | DAY
          What happened on May 8?        | May 8  | 2026-05-08 | 2026-05-09 | DAY
          What happened on 24 December?  | 24 December | 2025-12-24 | 2025-12-25 | DAY
          What happened on February 29?  | February 29 | 2026-02-28 | 2026-03-01 | DAY
          Sep 11 happened what?          | Sep 11 | 2025-09-11 | 2025-09-12 | DAY
          What about sep 11?             | sep 11 | 2025-09-11 | 2025-09-12 | DAY
          What happened in the summer?   | summer | 2026-06-01 | 2026-09-01 | SEASON
          What happened in Q3?           | Q3     | 2026-07-01 | 2026-10-01 | SEASON
          What happened in Q4?           | Q4     | 2025-10-01 | 2026-01-01 | SEASON
          What was the plan of the Q2?   | Q2     | 2026-04-01 | 2026-07-01 | SEASON
          What did the Q2 numbers say?   | Q2     | 2026-04-01 | 2026-07-01 | SEASON
          What are the plans for Q3?     | Q3     | 2026-07-01 | 2026-10-01 | SEASON
          What is the goal of H2?        | H2     | 2026-07-01 | 2027-01-01 | SEASON
          What happened at the end of the summer? | end of the summer | 2025-08-01 | 2025-09-01 | SPAN
          What were April's figures?     | April's | 2026-04-01 | 2026-05-01 | MONTH
          Who worked from April on?      | April  | 2026-04-01 | 2026-05-01 | MONTH
          What happened in December and what in 2022? | December | 2025-12-01 | 2026-01-01 | MONTH
          """)
  void withoutAYearTheSameDaysOfEveryYearAreMeant(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).contains(Asked.cue(text, from, to, grain, true));
  }

  @Test
  void theYearOfWhatAQuarterIsToldByMayStandBehindIt() {
    assertThat(Asked.times("What were the Q2 sales in 2022?"))
        .contains(
            Asked.cue(
                "Q2", LocalDate.of(2022, 4, 1), LocalDate.of(2022, 7, 1), Grain.SEASON, false));
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
        "What happened on 31 June?",
        "What happened on the 31st of June?",
        "What happened on June 31?",
        "What happened on 29 February 2023?",
        "What happened on 31 June 2023?",
        "What happened on June 31, 2023?",
        "Was it done in 2000 steps, for fees from 2000 users, or after 2000 requests?",
        "Was it done in 2048 tokens, in 1950 steps, of 2023 bytes or in 2048 MB?",
        "Who bought a box of 2000 apples for a crowd of 2000 people?",
        "What failed after 2019 requests?",
        "They march 5 miles.",
        "Who scored in the third quarter?",
        "Which Q4 model did we run, and what is q3 or Q5?",
        "What is the APR?",
        "Who is June?",
        "What is Jan doing?",
        "What does June do for a living?",
        "What did Theresa May say?",
        "Where does Jan Smith work?",
        "Why do we think phase 2 may be delayed?",
        "Which of the steps 3-5 may be left out?",
        "GPT 3.5 may invent things.",
        "What is the status of invoice INV-2023-11?",
        "What is CVE-2023-12 about?",
        "What is written in Spring Boot, and of what is there a risk of fall?",
        "What did they write of the fall of Rome or in the fall of Rome?",
        "Is the limit set to 2000, or a total of 2048?",
        "Was it raised from 2000 to 3000, by 2000 or to 2024?",
        "Is it between 2000 and 2500?",
        "What was written by April, signed by June and in the message from Jan?",
        "What is April's job?",
        "Whom did the h2 database and the H1 heading help?",
        "What is the second option?",
        "How long was the sun exposure?"
      })
  void whatIsNoTimeOrIsNotClearIsLeftAlone(String question) {
    assertThat(Asked.times(question)).isEmpty();
  }
}
