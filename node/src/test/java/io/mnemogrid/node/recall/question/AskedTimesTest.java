package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedTimesTest {
  private static final long WRITTEN = Asked.seconds(LocalDate.of(2026, 3, 10));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What is on 15 December?      | The release is planned for 15 December. | true
          What is on 15 December?      | The release is planned for Dec 15, 2026. | true
          What is on 15 December?      | We met on 2019-12-15.                   | true
          What is on 15 December?      | The release is planned for 16 December. | false
          What is on 15 December?      | The release is planned for December.    | false
          What is on 15 December 2026? | The release is planned for 15 December. | true
          What is on 15 December 2025? | The release is planned for 15 December. | true
          What is on 15 December 2023? | The release is planned for 15 December. | false
          What is on 15 December 2023? | We met on 15 December 2024.             | false
          What happened in May 2023?   | Anna left on 8 May 2023.                | true
          What happened in 2023?       | Anna left in May 2023.                  | true
          What happened in May 2023?   | Anna left in 2023.                      | false
          What happened after 2024?    | Anna left in May 2025.                  | true
          What happened after 2024?    | Anna left after May 2023.               | false
          What happened on 9 March 2026? | Anna left yesterday.                  | true
          What happened on 9 March 2025? | Anna left yesterday.                  | false
          What happened in winter?     | Anna left in winter 2021.               | true
          What happened in May?        | She may have left.                      | false
          """)
  void aContentNamesATimeWithinOneThatIsAskedFor(String question, String content, boolean named) {
    QuestionCues cues = QuestionCues.of(question, Asked.NOW);
    assertThat(cues.timesAlone()).isTrue();
    assertThat(new AskedTimes(cues.times()).areNamedIn(content, WRITTEN)).isEqualTo(named);
  }

  @Test
  void withoutTimesThereAreNone() {
    assertThat(new AskedTimes(List.of()).areNone()).isTrue();
  }
}
