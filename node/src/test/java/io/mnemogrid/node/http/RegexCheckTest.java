package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "(?i)hnsw|vector",
        "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$",
        "[a-z]{1,63}(\\.[a-z]{2,24}){1,3}",
        "a{200}",
        "a{0,140}",
        "\\p{Greek}+",
        "((((((((((a))))))))))",
      })
  void whatIsOneOfUsualSizeIsTaken(String regex) {
    assertThat(RegexCheck.complaint(regex)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(abc | RE2's syntax (missing closing ))",
        "[abc | RE2's syntax (missing closing ])",
        "a** | RE2's syntax (invalid nested repetition operator)",
        "(?=a) | RE2's syntax (invalid or unsupported Perl syntax)",
        "(a)\\1 | RE2's syntax (invalid escape sequence)",
        "a{1001} | at most 300 steps",
        "a{400} | at most 300 steps",
        "(a{20}){20} | at most 300 steps",
        "(((a{1000}){1000}){1000}){1000} | at most 300 steps",
        "((((a{999}b){999}){999,}){0,999}){999} | at most 300 steps",
        "(a{99999999999}) | at most 300 steps",
        "(?P< | RE2's syntax (invalid named capture)",
        "a)b | RE2's syntax (unexpected ))",
        "a{0,200} | at most 300 steps",
        "a{301}? | at most 300 steps",
      })
  void whatIsNoneOrTooLargeIsRefusedBeforeItTakesMemory(String regex, String says) {
    assertThat(RegexCheck.complaint(regex).orElse("nothing")).contains(says);
  }

  @Test
  void theLengthHasALimit() {
    assertThat(RegexCheck.complaint("a".repeat(256))).isEmpty();
    assertThat(RegexCheck.complaint("a".repeat(257)).orElse("nothing"))
        .contains("at most 256 characters");
  }
}
