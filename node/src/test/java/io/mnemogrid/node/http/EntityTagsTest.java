package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.Precondition;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"3\"                 | 3",
        "\"3\",\"4\"           | 3 4",
        "  \"3\" ,, \t\"4\" ,  | 3 4",
        "\"3\", \"3\"          | 3",
        "\"a,b\", \"7\"        | 0 7",
        "\"\"                  | 0",
        "\"03\"                | 0",
        "\"-3\"                | 0",
        "\"W/3\"               | 0",
        "\"99999999999999999999\" | 0",
      })
  void tagsAreReadAsTheStandardHasThem(String header, String versions) {
    Set<Long> wanted =
        Arrays.stream(versions.split(" ")).map(Long::valueOf).collect(Collectors.toSet());
    assertThat(EntityTags.ifMatch(header)).isEqualTo(new Precondition.VersionIn(wanted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", " * "})
  void aStarIsAnyMemoryOrNone(String header) {
    assertThat(EntityTags.ifMatch(header)).isEqualTo(new Precondition.Present());
    assertThat(EntityTags.ifNoneMatch(header)).isEqualTo(new Precondition.Absent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "3",
        "\"3",
        "3\"",
        "\"3\"4",
        "\"3\" \"4\"",
        "\"3\", *",
        "*, \"3\"",
        "**",
        "w/\"3\"",
        "W/3",
        "W/ \"3\"",
        "\"a b\"",
        "\"a\tb\"",
        "\"a\u007Fb\"",
        "'3'",
      })
  void whatIsMalformedIsRefusedSayingWhatWouldBeRight(String header) {
    assertThatThrownBy(() -> EntityTags.ifMatch(header))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused.problem().details())
                  .startsWith("If-Match must be * or entity tags in quotes");
            });
    assertThatThrownBy(() -> EntityTags.known(header)).isInstanceOf(RequestRefused.class);
  }

  @Test
  void aWeakTagIsRefusedWhereItCouldNeverMatch() {
    assertThatThrownBy(() -> EntityTags.ifMatch("\"2\", W/\"3\""))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused ->
                assertThat(refused.problem().details())
                    .startsWith("If-Match takes the ETag of a memory as it came"));
  }

  @Test
  void aStoreCanOnlyAskThatThereBeNothing() {
    assertThatThrownBy(() -> EntityTags.ifNoneMatch("\"3\""))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused ->
                assertThat(refused.problem().details()).startsWith("If-None-Match must be *"));
  }
}
