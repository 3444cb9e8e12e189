package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
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
    assertThat(QuestionCues.of(question, Asked.NOW).names()).isEqualTo(expected);
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
    assertThat(QuestionCues.of(question, Asked.NOW).mentions(speaker)).isEqualTo(mentioned);
  }
}
