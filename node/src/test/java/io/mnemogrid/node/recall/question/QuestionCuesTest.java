package io.mnemogrid.node.recall.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionCuesTest {
  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @Test
  void severalTimesAreReadInTheirOrder() {
    assertThat(Asked.times("Was it in May 2022, on 3 June 2023 or in 2021?"))
        .extracting(TimeCue::text)
        .containsExactly("May 2022", "3 June 2023", "2021");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u4E94\u6708\u516B\u65E5\u306B\u4F55\u304C\u3042\u3063\u305F\u304B", "", "   "})
  void whatNamesNoTimeInEnglishHasNone(String question) {
    assertThat(Asked.times(question)).isEmpty();
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
    assertThat(QuestionCues.of(question, Asked.NOW).asksWhen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How did she feel when she fell?",
        "What did they say when asked?",
        "What date format does the interface take?",
        "Which time zone is she in?",
        "When I deploy, what fails?",
        "What game takes years to finish?",
        "How long has she been married?",
        "Wann war das?"
      })
  void otherQuestionsAreNotForATime(String question) {
    assertThat(QuestionCues.of(question, Asked.NOW).asksWhen()).isFalse();
  }

  @Test
  void inAnyLanguageATimeIsReadInDigitsAlone() {
    QuestionCues cues =
        QuestionCues.of("Was hat Anna in diesem Fall am 2023-05-08 im Sun Park getan?", Asked.NOW);
    QuestionCues english = QuestionCues.of("What did Anna do in May and on 2023-05-08?", Asked.NOW);
    assertThat(cues.inAnyLanguage().times())
        .extracting(TimeCue::text)
        .containsExactly("2023-05-08");
    assertThat(english.inAnyLanguage().times())
        .extracting(TimeCue::text)
        .containsExactly("2023-05-08");
    assertThat(english.inAnyLanguage().names()).containsExactly("Anna");
    QuestionCues when = QuestionCues.of("When was it? 2023-05-08", Asked.NOW).inAnyLanguage();
    assertThat(when.asksWhen() || when.timesAlone()).isFalse();
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
          What did we agree on Tuesday 9 May 2023?,   true
          ~Was there anything on 8 May 2023, or not?~, false
          """)
  void aQuestionMaySayNothingBesideItsTimes(String question, boolean alone) {
    assertThat(QuestionCues.of(question, Asked.NOW).timesAlone()).isEqualTo(alone);
  }

  @Test
  void whatIsKeptOfAQuestionIsBounded() {
    String times = "on 8 May 2023, ".repeat(TimeReader.TIMES_MAX + 1);
    assertThat(Asked.times("Was it " + times + "?")).hasSize(TimeReader.TIMES_MAX);
    StringBuilder names = new StringBuilder("was it ");
    for (int i = 0; i <= Names.NAMES_MAX; i++) {
      names.append("with N").append((char) ('a' + i)).append(' ');
    }
    assertThat(QuestionCues.of(names.toString(), Asked.NOW).names()).hasSize(Names.NAMES_MAX);
    assertThat(Asked.times(" ".repeat(QuestionCues.CHARS_MAX) + "on 8 May 2023")).isEmpty();
    assertThat(Asked.times("a ".repeat(Words.COUNT_MAX) + "on 8 May 2023")).isEmpty();
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
            "999",
            "half",
            "1.5",
            "early",
            "end",
            "this",
            "quarter",
            "Q4",
            "next",
            "first",
            "until",
            "past",
            "hour",
            "over",
            "weekend",
            "later");
    StringBuilder question = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      question.append(pieces.get(random.nextInt(pieces.size())));
      question.append(random.nextBoolean() ? " " : "");
    }
    assertThatCode(
            () -> {
              QuestionCues cues = QuestionCues.of(question.toString(), Asked.NOW);
              cues.times().forEach(cue -> assertThat(question).contains(cue.text()));
              cues.names().forEach(name -> assertThat(question).contains(name));
              cues.mentions(question.toString());
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Why was the service down in INC-2003?",
        "What happened with error E1042?",
        "Is CVE-2023-1234 fixed?",
        "What is in commit 3f9a2c?",
        "Who opened ticket 48151?",
        "Does it fit into utf8?"
      })
  void aCodeIsKnown(String question) {
    assertThat(QuestionCues.of(question, Asked.NOW).namesCode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What happened on 2023-05-08T13:56?",
        "What happened in Q3 2023?",
        "What failed in the last 24h?",
        "Who has 10 apples, 2nd?",
        "What happened in 2023?",
        "Who came at 5pm?"
      })
  void timesAndCountsAreNoCodes(String question) {
    assertThat(QuestionCues.of(question, Asked.NOW).namesCode()).isFalse();
  }
}
