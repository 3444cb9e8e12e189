package io.mnemogrid.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterBenchmarkTest {
  @ParameterizedTest
  @CsvSource({
    "equal, 2",
    "bound, 500",
    "nested, 2",
    "several, 498",
    "own, 2",
    "contains, 2",
    "glob, 2",
    "regex, 2",
  })
  void everyFilterPassesWhatItIsFor(String filter, long passing) {
    var benchmark = new FilterBenchmark();
    benchmark.records = 2_000;
    benchmark.filter = filter;
    benchmark.fill();
    benchmark.passes();
    assertThat(benchmark.passing()).isEqualTo(passing);
  }
}
