package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktrackingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+",
        "(?:a*)*b",
        "((a+))+",
        "(a|a)*",
        "([)]a+){2,}",
        "x(?:[ab]|b){3,}y",
        "(a{2,})*"
      })
  void aRepetitionOfWhatCanBeTakenInManyWaysIsUnbounded(String regex) {
    assertThat(Backtracking.isUnbounded(regex)).isTrue();
  }

  /** Among them are the patterns of the models that are known. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a+b*",
        "(ab)+",
        "(a+)?",
        "(a+){2}",
        "(a{1,3})+",
        "(\\+)+",
        "([+*|])+",
        "([[a+]*])+",
        "(a+)(b)*",
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
      })
  void othersAreNot(String regex) {
    assertThat(Backtracking.isUnbounded(regex)).isFalse();
  }
}
