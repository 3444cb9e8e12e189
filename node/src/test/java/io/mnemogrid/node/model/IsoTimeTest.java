package io.mnemogrid.node.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01, 0, 0",
    "1970-01-02, 86400, 0",
    "1970-01-01T00:01, 60, 0",
    "1970-01-01 00:01:02, 62, 0",
    "1970-01-01T24:00, 86400, 0",
    "1970-01-01T24:00:00.0Z, 86400, 0",
    "1970-01-01T00:00:00Z, 0, 0",
    "1970-01-01T02:00:00+02:00, 0, 0",
    "1970-01-01T02:30+0230, 0, 0",
    "1969-12-31T22:00:00.5-02, 0, 500000000",
    "1970-01-01T00:00:00.000000001, 0, 1",
    "1970-01-01T00:00:00.123456Z, 0, 123456000",
    "2024-02-29, 1709164800, 0",
    "0000-01-01, -62167219200, 0",
    "9999-12-31T23:59:59Z, 253402300799, 0",
  })
  void aTimeIsRead(String text, long seconds, int nanos) {
    assertThat(IsoTime.parse(text)).isEqualTo(new IsoTime(seconds, nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026",
        "2026-1-31",
        "2026-01-31T",
        "2026-01-31T1",
        "2026-01-31T12",
        "2026-01-31T12:0",
        "2026-01-31T24:01",
        "2026-01-31T24:00:01",
        "2026-01-31T24:00:00.1",
        "2026-01-31T25:00",
        "2026-01-31T12:60",
        "2026-01-31T12:00:60",
        "2026-01-31T12:00:00.",
        "2026-01-31T12:00:00.1234567890",
        "2026-01-31T12:00:00Zulu",
        "2026-01-31T12:00:00+2",
        "2026-01-31T12:00:00+19:00",
        "2026-01-31T12:00:00+18:01",
        "2026-01-31T12:00:00+02:60",
        "2026-01-31T12:00:00+02.00",
        "2026-01-31T12:00:00*02:00",
        "2026-01-31t12:00:00",
        "2026-01-31x12:00:00",
        "2026-01-31T12.00:00",
        "2026-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-01-32",
        "2026/01/31",
        "-026-01-31",
        "２026-01-31",
      })
  void whatIsNoTimeIsNone(String text) {
    assertThat(IsoTime.parse(text)).isNull();
  }

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itIsTheTimeThatTheJdkReads(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              random.nextLong(-62_167_219_200L, 253_402_300_800L),
              random.nextInt(1_000_000_000),
              ZoneOffset.UTC);
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
      String text = time.atOffset(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      assertThat(IsoTime.parse(text))
          .as("seed %d: %s", seed, text)
          .isEqualTo(new IsoTime(time.toEpochSecond(zone), time.get(ChronoField.NANO_OF_SECOND)));
    }
  }
}
