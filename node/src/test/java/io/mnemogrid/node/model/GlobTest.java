package io.mnemogrid.node.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "notes/*.md | notes/a/b.md | true",
        "notes/*.md | notes/a.txt | false",
        "*a*a*b | aaab | true",
        "*a*a*b | aaa | false",
        "a?c | aéc | true",
        "a?c | a😀c | true",
        "a?c | ac | false",
        "[a-c]x | bx | true",
        "[a-c]x | dx | false",
        "[!a-c]x | dx | true",
        "[^a-c]x | bx | false",
        "[]x]y | ]y | true",
        "[a-]y | -y | true",
        "[é-ü]y | öy | true",
        "[\\]]y | ]y | true",
        "\\*\\?\\[\\\\ | *?[\\ | true",
        "\\*x | ax | false",
        "abc | abcd | false",
        "ABC | abc | false",
      })
  void aPatternIsForTheWholeText(String pattern, String text, boolean fits) {
    assertThat(matches(pattern, text)).isEqualTo(fits);
  }

  @Test
  void nothingIsFitByStarsAlone() {
    assertThat(matches("", "")).isTrue();
    assertThat(matches("**", "")).isTrue();
    assertThat(matches("?", "")).isFalse();
    assertThat(matches("", "a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[abc | closed", "[ | closed", "[! | closed", "a\\ | followed", "[z-a] | upwards"})
  void whatIsNoPatternIsRefused(String pattern, String says) {
    assertThatThrownBy(() -> Glob.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itFitsWhatTheSameRegularExpressionFits(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      String pattern = draw(random, "ab*?é", 8);
      String text = draw(random, "abé", 10);
      boolean fits = Pattern.matches(pattern.replace("*", ".*").replace('?', '.'), text);
      assertThat(matches(pattern, text))
          .as("seed %d: %s of %s", seed, pattern, text)
          .isEqualTo(fits);
    }
  }

  /** A matcher that tried every way would not come to an end here. */
  @Test
  void manyStarsTakeNoTime() {
    assertThat(matches("*a".repeat(100) + "b", "a".repeat(100_000))).isFalse();
  }

  private static boolean matches(String pattern, String text) {
    byte[] padded = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return Glob.parse(pattern).matches(padded, 1, padded.length - 1);
  }

  private static String draw(SplittableRandom random, String from, int most) {
    StringBuilder drawn = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      drawn.append(from.charAt(random.nextInt(from.length())));
    }
    return drawn.toString();
  }
}
