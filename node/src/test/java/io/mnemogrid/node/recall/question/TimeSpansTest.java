package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times from one that is named to another. */
class TimeSpansTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened between 3 May and 9 June 2023? | between 3 May and 9 June 2023 | 2023-05-03 | 2023-06-10 | SPAN
          What happened 10 Nov 2025 to 12 Nov 2025? | 10 Nov 2025 to 12 Nov 2025 | 2025-11-10 | 2025-11-13 | SPAN
          What happened 2025-05-01 to 2025-10-31? | 2025-05-01 to 2025-10-31 | 2025-05-01 | 2025-11-01 | SPAN
          What happened on the 10th and 11th of May 2023? | the 10th and 11th of May 2023 | 2023-05-10 | 2023-05-12 | SPAN
          What happened May 10 through 12, 2023?     | May 10 through 12, 2023 | 2023-05-10 | 2023-05-13 | SPAN
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
          What happened in 2019-2021 products sold? | 2019-2021           | 2019-01-01 | 2022-01-01 | SPAN
          Between 2019 and 2021 sales rose, did they not? | Between 2019 and 2021 | 2019-01-01 | 2022-01-01 | SPAN
          What happened from March 2023 to June?     | from March 2023 to June | 2023-03-01 | 2023-07-01 | SPAN
          What happened from November 2022 to March? | from November 2022 to March | 2022-11-01 | 2023-04-01 | SPAN
          What happened after March and before June 2023? | after March and before June 2023 | 2023-04-01 | 2023-06-01 | SPAN
          What happened after October and before March 2023? | after October and before March 2023 | 2022-11-01 | 2023-03-01 | SPAN
          What happened after March 2023 and before June? | after March 2023 and before June | 2023-04-01 | 2023-06-01 | SPAN
          """)
  void twoTimesOrDaysSpanWhatIsBetween(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).containsExactly(Asked.cue(text, from, to, grain, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What happened on May 5-7?      | May 5-7 | 2026-05-05 | 2026-05-08 | SPAN
          What happened from 3 to 5 August? | from 3 to 5 August | 2025-08-03 | 2025-08-06 | SPAN
          """)
  void withoutAYearTheSameDaysOfEveryYearAreMeant(
      String question, String text, LocalDate from, LocalDate to, Grain grain) {
    assertThat(Asked.times(question)).contains(Asked.cue(text, from, to, grain, true));
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
    assertThat(Asked.times(question)).containsExactly(Asked.cue(text, from, to, Grain.SPAN, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"What happened on 30-31 June?"})
  void whatIsNoSpanOfDaysIsLeftAlone(String question) {
    assertThat(Asked.times(question)).isEmpty();
  }
}
