package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeBoundsTest {
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
          What happened by the end of Q2?                | by the end of Q2          | -          | 2026-07-01
          Since 2020 sales rose, did they not?           | Since 2020                | 2020-01-01 | -
          What happened before early 2022?               | before early 2022         | -          | 2022-01-01
          What happened after mid-August 2023?           | after mid-August 2023     | 2023-08-01 | -
          What happened before the first week of May 2023? | before the first week of May 2023 | - | 2023-05-01
          What happened after the first half of 2023?    | after the first half of 2023 | 2023-07-01 | -
          What happened since yesterday?                 | since yesterday           | 2026-07-15 | -
          What happened since Monday?                    | since Monday              | 2026-07-13 | -
          What happened after Monday?                    | after Monday              | 2026-07-14 | -
          What happened before Monday?                   | before Monday             | -          | 2026-07-13
          What happened after last Friday?               | after last Friday         | 2026-07-11 | -
          What is to be done by Monday?                  | by Monday                 | -          | 2026-07-21
          Who is away until Monday?                      | until Monday              | -          | 2026-07-21
          What is due by Thursday?                       | by Thursday               | -          | 2026-07-17
          What is due by next Friday?                    | by next Friday            | -          | 2026-07-25
          What happened two weeks before 2022?           | before 2022               | -          | 2022-01-01
          What happened before March-May 2023?           | before March-May 2023     | -          | 2023-03-01
          What happened after last week?                 | after last week           | 2026-07-13 | -
          What happened before last Friday?              | before last Friday        | -          | 2026-07-10
          """)
  void aBoundIsAllToOneSideOfItAndNotTheTimeItself(
      String question, String text, @Nullable LocalDate from, @Nullable LocalDate to) {
    long begin = from == null ? Long.MIN_VALUE : Asked.seconds(from);
    long end = to == null ? Long.MAX_VALUE : Asked.seconds(to);
    assertThat(Asked.times(question))
        .containsExactly(new TimeCue(text, begin, end, Grain.OPEN, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What did he do the week before August 3, 2023?",
        "What puppy did she get two weeks before August 3, 2023?",
        "What did she join last weekend before August 3, 2023?",
        "What did she join the day after August 3, 2023?",
        "What did she join 3 days after August 3, 2023?",
        "She came after? On August 3, 2023!",
        "Where was she over the weekend before August 3, 2023?"
      })
  void aDayThatAnotherIsCountedFromIsNoBound(String question) {
    LocalDate day = LocalDate.of(2023, 8, 3);
    assertThat(Asked.times(question))
        .contains(Asked.cue("August 3, 2023", day, day.plusDays(1), Grain.DAY, false))
        .noneMatch(time -> time.grain() == Grain.OPEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What happened two days before Monday?",
        "What happened after Black Friday?",
        "Is Monday the latest day?"
      })
  void aWeekdayThatIsNotKnownBoundsNothing(String question) {
    assertThat(Asked.times(question)).isEmpty();
  }
}
