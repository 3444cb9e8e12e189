package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePartsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened in early May 2023?           | early May 2023      | 2023-05-01 | 2023-05-11 | SPAN
          What happened in mid-August 2023?          | mid-August 2023     | 2023-08-11 | 2023-08-21 | SPAN
          What happened at the end of May 2023?      | end of May 2023     | 2023-05-21 | 2023-06-01 | SPAN
          What happened in early 2022?               | early 2022          | 2022-01-01 | 2022-05-01 | SEASON
          What happened in mid-2022?                 | mid-2022            | 2022-05-01 | 2022-09-01 | SEASON
          What happened in late 2022?                | late 2022           | 2022-09-01 | 2023-01-01 | SEASON
          What happened in the second half of 2022?  | second half of 2022 | 2022-07-01 | 2023-01-01 | SEASON
          What happened in the first half of May 2023? | first half of May 2023 | 2023-05-01 | 2023-05-16 | SPAN
          What happened in the middle of the summer of 2023? | middle of the summer of 2023 | 2023-07-01 | 2023-08-01 | SPAN
          What happened at the beginning of last month? | beginning of last month | 2026-06-01 | 2026-06-11 | SPAN
          What happened early last year?             | early last year     | 2025-01-01 | 2025-05-01 | SEASON
          What happened in the first week of May 2023? | first week of May 2023 | 2023-05-01 | 2023-05-08 | WEEK
          What happened the second week in May 2023? | second week in May 2023 | 2023-05-08 | 2023-05-15 | WEEK
          What happened in the last week of May 2023? | last week of May 2023 | 2023-05-25 | 2023-06-01 | WEEK
          """)
  void aPartOfATimeIsMeantWithoutTheRest(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).containsExactly(Asked.cue(text, from, to, grain, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened in mid-June?               | mid-June          | 2026-06-11 | 2026-06-21 | SPAN
          What happened in the first week of July? | first week of July | 2026-07-01 | 2026-07-08 | WEEK
          What happened at the end of July?        | end of July       | 2025-07-21 | 2025-08-01 | SPAN
          What happened at the end of February?    | end of February   | 2026-02-19 | 2026-03-01 | SPAN
          """)
  void withoutAYearThePartIsOfTheLatestOfWhichItHasBegun(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).containsExactly(Asked.cue(text, from, to, grain, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Was he late in May 2023?                   | May 2023            | 2023-05-01 | 2023-06-01 | MONTH
          Was it in the end May 2023?                | May 2023            | 2023-05-01 | 2023-06-01 | MONTH
          Who took half of the May 2023 stock?       | May 2023            | 2023-05-01 | 2023-06-01 | MONTH
          Who played the second of May 2023 matches? | May 2023            | 2023-05-01 | 2023-06-01 | MONTH
          What happened late last week?              | last week           | 2026-07-06 | 2026-07-13 | WEEK
          Was he late 8 May 2023?                    | 8 May 2023          | 2023-05-08 | 2023-05-09 | DAY
          """)
  void whatNamesNoPartLeavesTheWhole(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).containsExactly(Asked.cue(text, from, to, grain, false));
  }
}
