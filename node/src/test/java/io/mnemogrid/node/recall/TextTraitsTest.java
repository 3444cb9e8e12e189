package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTraitsTest {
  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @Test
  void wordsAreRunsOfLettersAndDigits() {
    assertThat(words("")).isZero();
    assertThat(words("one, two -- 3!")).isEqualTo(3);
    assertThat(words("\u00DCber \u00E9t\u00E9 \u043C\u0438\u0440")).isEqualTo(3);
    assertThat(words("w ".repeat(TextTraits.WORDS_MAX))).isEqualTo(TextTraits.WORDS_MAX);
    assertThat(words("w ".repeat(TextTraits.WORDS_MAX + 1))).isEqualTo(TextTraits.WORDS_MAX);
  }

  @Test
  void ofALongContentOnlyTheBeginningAndTheEndAreRead() {
    String filling = "-".repeat(TextTraits.CHARS_MAX);
    assertThat(words("one" + filling + " two")).isEqualTo(1);
    assertThat(TextTraits.namesTime(TextTraits.of(filling + " yesterday"))).isFalse();
    assertThat(TextTraits.endsAsQuestion(TextTraits.of(filling + " really?"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How are you?",
        "How are you?  \n",
        "He said: \"How are you?\"",
        "(How are you?)",
        "How are you? \uD83D\uDE00\uD83D\uDE00",
        "How are you?)\u201D",
        "\u5143\u6C17\u3067\u3059\u304B\uFF1F"
      })
  void aQuestionEndsWithItsMark(String content) {
    assertThat(TextTraits.endsAsQuestion(TextTraits.of(content))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?no", "How are you? Fine.", "Why? Because!", "a? b", "...", "   "})
  void aStatementDoesNot(String content) {
    assertThat(TextTraits.endsAsQuestion(TextTraits.of(content))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I went there yesterday.",
        "Yesterday I went there.",
        "two years ago",
        "last WEEK",
        "on Friday",
        "in May",
        "in March",
        "on 2023-05-08",
        "since 1999",
        "(Sept.)",
        "nice weekend!"
      })
  void aTimeIsNamed(String content) {
    assertThat(TextTraits.namesTime(TextTraits.of(content))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I may go.",
        "They march.",
        "weekly",
        "1492",
        "12023",
        "20a3",
        "2100",
        "yesterdays",
        "Augustus"
      })
  void otherWordsNameNone(String content) {
    assertThat(TextTraits.namesTime(TextTraits.of(content))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          Caroline: Hi there!                  | Caroline
          Dr. Jean-Luc O'Brien: Hi             | Dr. Jean-Luc O'Brien
          \u00C9milie: Salut                   | \u00C9milie
          \u7530\u4E2D: \u306F\u3044           | \u7530\u4E2D
          user: what is it                     | user
          assistant: it is this                | assistant
          AGENT_7: done                        | AGENT_7
          [2023-05-08 13:56] Caroline: Hi      | Caroline
          (8 May) Caroline: Hi                 | Caroline
          '   Caroline:  Hi'                   | Caroline
          Caroline:                            | Caroline
          the answer: it is this               | -
          Caroline said: it is this            | -
          Caroline and Melanie and Tim: Hi     | -
          https://example.org                  | -
          12:30 is the time                    | -
          Caroline:Hi                          | -
          Caroline :Hi                         | -
          : Hi                                 | -
          Caroline                             | -
          ''                                   | -
          A name that is far too long to be one of a single Person: Hi | -
          """)
  void whoSpeaksStandsBeforeTheFirstColon(String content, String speaker) {
    assertThat(TextTraits.speaker(content)).isEqualTo(speaker);
    assertThat(TextTraits.hasSpeaker(TextTraits.of(content))).isEqualTo(speaker != null);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyContentIsReadAsASlowReaderReadsIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder content = new StringBuilder();
    String alphabet = "abMZ 019 .,:?!'\u00E9\u4E00\u0301\n[](May 2023 ago)";
    for (int i = random.nextInt(400); i > 0; i--) {
      content.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    int traits = TextTraits.of(content.toString());
    long words = Pattern.compile("[\\p{L}\\p{Nd}]+").matcher(content).results().count();
    assertThat(TextTraits.words(traits)).isEqualTo(Math.min(words, TextTraits.WORDS_MAX));
    assertThat(traits >>> 11).isZero();
    assertThat(TextTraits.hasSpeaker(traits))
        .isEqualTo(TextTraits.speaker(content.toString()) != null);
  }

  private static int words(String content) {
    return TextTraits.words(TextTraits.of(content));
  }
}
