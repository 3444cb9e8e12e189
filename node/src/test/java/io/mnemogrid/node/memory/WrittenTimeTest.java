package io.mnemogrid.node.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTimeTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1:56 pm on 8 May, 2023 | 1683504000",
        "8 May 2023 | 1683504000",
        "May 8, 2023 | 1683504000"
      })
  void aDayInEnglishIsItsFirstSecond(String text, long seconds) {
    assertThat(WrittenTime.of(text, CLOCK)).hasValue(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "May 2023", "2023", "8 May", "the day after the party"})
  void whatNamesNoDayOfAYearIsNone(String text) {
    assertThat(WrittenTime.of(text, CLOCK)).isEmpty();
  }

  @Test
  void numbersAreSecondsOrMilliseconds() {
    assertThat(WrittenTime.of(1_683_504_000L)).hasValue(1_683_504_000L);
    assertThat(WrittenTime.of(1_683_504_000_000L)).hasValue(1_683_504_000L);
    assertThat(WrittenTime.of(7)).isEmpty();
    assertThat(WrittenTime.of(-1)).isEmpty();
    assertThat(WrittenTime.of(Long.MAX_VALUE)).isEmpty();
  }
}
