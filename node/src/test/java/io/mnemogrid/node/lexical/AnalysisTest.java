package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.StreamSafe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisTest {
  private static final String LATIN_ANY_CASE = "Zebra 42 zebra";

  private final Analysis english = Analysis.named("english");
  private final Analysis neutral = Analysis.named("neutral");

  @Test
  void termsAreCountedInLowerCaseWithoutEndingsAndStopWords() {
    DocumentTerms terms = english.document("The dog's Walks and the WALKER, moving: walked!");
    assertThat(terms).hasToString("dog walk*2 walker move");
    assertThat(terms.length()).isEqualTo(5);
  }

  @Test
  void aQuestionIsAskedWithoutItsQuestionWords() {
    assertThat(english.question("When did Anna's team move to the harbour?"))
        .containsExactly("anna", "team", "move", "harbour");
    assertThat(english.question("What doesn’t she like about you?")).containsExactly("like");
  }

  @ParameterizedTest
  @CsvSource({
    "Set API_KEY first, set api_kei api kei first",
    "Serve it by node.js, serv node.j node js",
    "Edit hosts.allow., edit hosts.allow host allow",
    "from app.core.model import X, from app.core.model app core model import x",
    "It costs 1.5 at 10:30, cost 1.5 10 30",
    "e.g. the U.S.A., e.g u.s.a",
    "don't Anna's, don't anna",
    "_x_ __init__, _x_ __init__ init"
  })
  void aNameIsFoundByTheWordsThatItIsMadeOf(String text, String terms) {
    assertThat(english.document(text)).hasToString(terms);
  }

  @ParameterizedTest
  @CsvSource({
    "C or C++ or C#, c csharp cplusplu",
    "c++20 (F#), cplusplu 20 fsharp",
    "abc#1 notepad++ i+ 5# ##c, abc 1 notepad i 5 c"
  })
  void aNameOfALetterAndSignsIsNotTheLetter(String text, String terms) {
    assertThat(english.document(text).toString().split(" "))
        .containsExactlyInAnyOrder(terms.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {Analysis.NEUTRAL, "german", "cjk", "telugu"})
  void signsOfNamesCountInAnyLanguage(String language) {
    Analysis analysis = Analysis.named(language);
    assertThat(analysis.document("C++").toString()).isNotEqualTo(analysis.document("C").toString());
  }

  @Test
  void theTermsOfAQuestionAreDistinct() {
    assertThat(english.question("walks, Walking and the walked walk")).containsExactly("walk");
  }

  @Test
  void aQuestionOfQuestionWordsAloneAsksForThem() {
    assertThat(english.question("Who did what?")).containsExactly("who", "did", "what");
  }

  @Test
  void monthsAndCountriesAreNoQuestionWords() {
    assertThat(english.question("Who came to the US in May?")).contains("us", "mai");
  }

  @ParameterizedTest
  @CsvSource({"the of and to", "''", "' '", "'?! … —'"})
  void stopWordsAloneHaveNoTerms(String text) {
    assertThat(english.document(text).size()).isZero();
    assertThat(english.question(text)).isEmpty();
  }

  @Test
  void theNeutralAnalysisKeepsEveryWordAsItIs() {
    assertThat(neutral.document("The Keys and THE key")).hasToString("the*2 keys and key");
    assertThat(neutral.question("Who did what?")).containsExactly("who", "did", "what");
  }

  @ParameterizedTest
  @CsvSource({
    "cafe\u0301, café", // combining mark, composed
    "CAFÉ, cafe",
    "Müller, muller",
    "straße, strasse",
    "ﬁnance, finance", // ligature
    "ＡＢＣ１２, abc12", // wide forms
    "soft\u00ADhyphen, softhyphen",
    "\u200Eleft\u200F, left", // marks of direction
    "don’t, don't",
    "❤\uFE0F, ❤"
  })
  void whatLooksTheSameIsTheSame(String one, String other) {
    assertThat(neutral.question(one)).isEqualTo(neutral.question(other)).hasSize(1);
    assertThat(english.question(one)).isEqualTo(english.question(other));
  }

  @ParameterizedTest
  @CsvSource({
    "עִבְרִית, עברית",
    "العَرَبِيَّة, العربية",
    "Ἀθῆναι, αθηναι",
    "Ёлка, елка",
    "ﾃｷｽﾄ, テキスト", // narrow forms
    "ﻣﺮﺣﺒﺎ, مرحبا", // presentation forms
    "Ⅻ, xii",
    "한국, 한국" // as single letters
  })
  void theNeutralAnalysisTakesMarksAndFormsOffOtherScripts(String one, String other) {
    assertThat(neutral.question(one)).isEqualTo(neutral.question(other)).isNotEmpty();
  }

  @Test
  void vowelSignsOfIndicScriptsStay() {
    assertThat(neutral.question("हिन्दी")).containsExactly("हिन्दी");
    assertThat(neutral.question("がく")).containsExactly("がく");
  }

  @Test
  void scriptsWithoutSpacesAreCutIntoPairs() {
    assertThat(neutral.question("東京都 駅")).containsExactly("東京", "京都", "駅");
    assertThat(neutral.question("สวัส")).containsExactly("สว", "วั", "ัส");
  }

  @Test
  void emojiAreTerms() {
    assertThat(neutral.question("👍🏽 ok 👩‍👩‍👧 🇩🇪"))
        .containsExactly("👍🏽", "ok", "👩‍👩‍👧", "🇩🇪");
    assertThat(english.question("party 🎉!")).containsExactly("parti", "🎉");
  }

  @Test
  void aTradeMarkIsNoPartOfTheName() {
    assertThat(neutral.question("Acme™")).containsExactly("acme");
  }

  @ParameterizedTest
  @MethodSource("everyName")
  void halfACharacterIsNoWordAndDoesNoHarm(String name) {
    Analysis analysis = Analysis.named(name);
    assertThat(analysis.document("\uD83D").size()).isZero();
    assertThat(analysis.question("zebra \uDC00\uD83D zebra"))
        .isEqualTo(analysis.question("zebra zebra"));
  }

  @ParameterizedTest
  @MethodSource("everyName")
  void eachLanguageFindsAWordInAnyCase(String name) {
    Analysis analysis = Analysis.named(name);
    assertThat(analysis.name()).isEqualTo(name);
    assertThat(analysis.document(LATIN_ANY_CASE).size()).isEqualTo(2);
    assertThat(analysis.document("").size()).isZero();
    assertThat(analysis.document("x").size()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "german, Häuser, haus",
    "french, les chevaux, cheval",
    "russian, собаки, собака",
    "finnish, taloissa, talo",
    "arabic, الكتاب, كتاب",
    "turkish, evlerde, ev",
    "thai, สวัสดีครับ, ครับ",
    "cjk, 東京, 東京"
  })
  void formsOfAWordAreOneTerm(String name, String one, String other) {
    Analysis analysis = Analysis.named(name);
    assertThat(analysis.question(one)).containsAll(analysis.question(other)).isNotEmpty();
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> Analysis.named("klingon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("klingon")
        .hasMessageContaining("english")
        .hasMessageContaining("neutral");
    assertThatThrownBy(() -> Analysis.named("English"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNamesAreSortedAndCannotBeChanged() {
    assertThat(List.copyOf(Analysis.names()))
        .isSorted()
        .contains("english", "neutral", "german", "norwegian", "cjk")
        .hasSize(40);
    assertThatThrownBy(() -> Analysis.names().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aLongTermIsCutAndStillFound() {
    int most = DocumentTerms.TERM_CHARS_MAX;
    assertThat(neutral.question("a".repeat(most))).containsExactly("a".repeat(most));
    assertThat(neutral.question("a".repeat(most + 1))).containsExactly("a".repeat(most));
    // A character of two halves across the limit is left out whole.
    String letter = "\uD801\uDC28";
    assertThat(neutral.question("a" + letter.repeat(most / 2)))
        .containsExactly("a" + letter.repeat(most / 2 - 1));
  }

  @Test
  void aTextOfTheLargestSizeIsReadToItsEnd() {
    String text = "b ".repeat(49_999) + "z";
    assertThat(text).hasSizeLessThanOrEqualTo(100_000);
    assertThat(neutral.document(text)).hasToString("b*49999 z");
  }

  @Test
  void whatComesAfterTheLimitIsLeftOut() {
    int most = DocumentTerms.LENGTH_MAX;
    assertThat(neutral.document("b ".repeat(most - 1) + "y").length()).isEqualTo(most);
    assertThat(neutral.document("b ".repeat(most - 1) + "y z"))
        .hasToString("b*" + (most - 1) + " y");
  }

  @Test
  void aQuestionHasALimitedNumberOfTerms() {
    int most = LexicalQuery.TERMS_MAX;
    List<String> words = IntStream.range(0, most + 1).mapToObj(i -> "w" + i).toList();
    assertThat(english.question(String.join(" ", words))).isEqualTo(words.subList(0, most));
  }

  @Test
  void aRunOfMarksCostsNoMoreThanItsLength() {
    // 2 s of sorting, were they all kept.
    String marks = "\u0301\u0323".repeat(25_000);
    assertThat(neutral.question("e" + marks + " end")).containsExactly("e", "end");
    assertThat(english.question("e" + marks + " end")).hasSize(2).contains("end");
    // No more of them where invisible characters stand between, which go.
    String split = ("\u0301".repeat(20) + "\u00AD").repeat(2_500);
    assertThat(PreparedText.composed("q" + split))
        .isEqualTo("q" + "\u0301".repeat(StreamSafe.MARKS_IN_A_ROW_MAX));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyCharsAtAllGiveTermsWithinTheLimits(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (String name : Analysis.names()) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(500); i > 0; i--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
      }
      DocumentTerms terms = Analysis.named(name).document(text.toString());
      for (int i = 0; i < terms.size(); i++) {
        assertThat(terms.term(i)).as("seed %d, %s", seed, name).isNotEmpty();
      }
    }
  }

  @Test
  void englishIsWhatLucenesEnglishIsForPlainText() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    try (EnglishAnalyzer lucene = new EnglishAnalyzer()) {
      for (int i = 0; i < 200; i++) {
        String text = Corpus.sentence(random, 30);
        assertThat(expanded(english.document(text)))
            .as(text)
            .containsExactlyInAnyOrderElementsOf(termsOf(lucene, text));
      }
    }
  }

  @Test
  void manyThreadsGetTheSameTerms() {
    SplittableRandom random = new SplittableRandom(4);
    List<String> texts = random.ints(500).mapToObj(i -> Corpus.sentence(random, 20)).toList();
    List<String> alone = texts.stream().map(text -> english.document(text).toString()).toList();
    for (int i = 0; i < 20; i++) {
      assertThat(texts.parallelStream().map(text -> english.document(text).toString()).toList())
          .isEqualTo(alone);
    }
  }

  static Iterable<String> everyName() {
    return Analysis.names();
  }

  static long[] seeds() {
    return new SplittableRandom(20_261_126).longs(20).toArray();
  }

  private static List<String> expanded(DocumentTerms terms) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      for (int j = 0; j < terms.count(i); j++) {
        all.add(terms.term(i));
      }
    }
    return all;
  }

  private static List<String> termsOf(EnglishAnalyzer analyzer, String text) throws IOException {
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    }
    return terms;
  }
}
