package io.mnemogrid.node.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccasionTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      textBlock =
          """
          {}                                                    | -     | -
          {"session_id":"s","date":"2023-05-08"}                | s     | 1683504000
           { "date" : 1683504000.5 , "session_id" : "s" }       | s     | 1683504000
          {"timestamp":1683504000000,"session_id":7}            | -     | 1683504000
          {"a":{"session_id":"s","date":"2023-05-08"},"b":[{}]} | -     | -
          {"session_id":"a\\"\\u00e9\\/","date":null,"c":true} | a"\u00e9/ | -
          """)
  void metadataNameIt(String metadata, @Nullable String session, @Nullable Long time) {
    assertThat(Occasion.named(metadata, CLOCK)).isEqualTo(new Occasion(session, time));
  }

  @Test
  void whatMetadataNamedGoesWithThem() {
    Occasion before = new Occasion("s", 1L);
    Occasion after = new Occasion("t", 2L);
    Occasion none = new Occasion(null, null);
    assertThat(before.renamed(before, after)).isEqualTo(after);
    assertThat(before.renamed(before, none)).isEqualTo(none);
    assertThat(none.renamed(before, after)).isEqualTo(after);
  }

  @Test
  void whatWasSaidBesideMetadataStays() {
    Occasion said = new Occasion("s", 1L);
    Occasion after = new Occasion("t", 2L);
    assertThat(said.renamed(new Occasion("other", 3L), after)).isEqualTo(said);
    assertThat(said.renamed(new Occasion(null, 1L), after)).isEqualTo(new Occasion("s", 2L));
  }
}
