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
        "May 8, 2023 | 1683504000",
        "Mar. 5, 2023 | 1677974400",
        "May 2023 | 1682899200",
        "8-10 May 2023 | 1683504000",
        "8 May 2023 - 10 May 2023 | 1683504000",
        "May 2023, as said on 8 May 2023 | 1683504000",
      })
  void daysInEnglishAreTheirFirstSecond(String text, long seconds) {
    assertThat(WrittenTime.of(text, CLOCK)).hasValue(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "last month",
        "2023",
        "8 May",
        "20231308",
        "12345",
        "the day after the party"
      })
  void whatNamesNoDayOfAYearIsNone(String text) {
    assertThat(WrittenTime.of(text, CLOCK)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1683547200, 1683547200",
    "1683547200.25, 1683547200",
    "1683547200250, 1683547200",
    "2023-05-08T12:00:00Z, 1683547200",
    "2023-05-08T24:00:00Z, 1683590400",
    "2023-05-08, 1683504000",
    "20230508, 1683504000",
    "2023-05, 1682899200"
  })
  void aTextOfDigitsIsANumberOrADay(String text, long seconds) {
    assertThat(WrittenTime.of(text, CLOCK)).hasValue(seconds);
  }

  @Test
  void numbersAreSecondsOrPartsOfThem() {
    assertThat(WrittenTime.of(1_683_504_000L)).hasValue(1_683_504_000L);
    assertThat(WrittenTime.of(1_683_504_000_000L)).hasValue(1_683_504_000L);
    assertThat(WrittenTime.of(1_683_504_000_000_000L)).hasValue(1_683_504_000L);
    assertThat(WrittenTime.of(1_683_504_000_000_000_000L)).hasValue(1_683_504_000L);
    assertThat(WrittenTime.of(7)).isEmpty();
    assertThat(WrittenTime.of(-1)).isEmpty();
    assertThat(WrittenTime.of(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void aFractionOfASecondIsLeftAway() {
    assertThat(WrittenTime.of((Object) 1_683_547_200.25, CLOCK)).hasValue(1_683_547_200L);
    assertThat(WrittenTime.of((Object) 1_683_547_200_250.5, CLOCK)).hasValue(1_683_547_200L);
    assertThat(WrittenTime.of((Object) Double.NaN, CLOCK)).isEmpty();
    assertThat(WrittenTime.of((Object) 1e300, CLOCK)).isEmpty();
  }
}
