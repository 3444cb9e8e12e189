package io.mnemogrid.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageBenchmarkTest {
  /** Four longs of bytes that are all 1. */
  private static final long OF_ONE_RECORD = 4 * 0x0101_0101_0101_0101L;

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @ValueSource(strings = {"huge", "small"})
  void everyRecordReadIsOneThatWasWritten(String pages) {
    var benchmark = new PageBenchmark();
    benchmark.pages = pages;
    benchmark.megabytes = 9;
    benchmark.take();
    for (int i = 0; i < 10_000; i++) {
      assertThat(benchmark.oneAfterTheOther()).isEqualTo(OF_ONE_RECORD);
      assertThat(benchmark.overlapping()).isEqualTo(OF_ONE_RECORD);
    }
    benchmark.giveBack();
  }
}
