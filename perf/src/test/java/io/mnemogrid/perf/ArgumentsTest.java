package io.mnemogrid.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static Arguments parse(String... args) {
    return Arguments.parse(Set.of("--count", "--clients"), Set.of("--key"), args);
  }

  @Test
  void optionsComeInAnyOrderAndOthersKeepTheirDefaults() {
    Arguments arguments = parse("directory", "--clients", "1,4", "--key", "secret");
    assertThat(arguments.directory()).isEqualTo(Path.of("directory"));
    assertThat(arguments.counts("--clients", "1")).containsExactly(1, 4);
    assertThat(arguments.count("--count", 7)).isEqualTo(7);
    assertThat(arguments.texts("--routings", "a,b")).isEqualTo(List.of("a", "b"));
  }

  @Test
  void aReportDoesNotRepeatWhatIsConcealed() {
    Arguments arguments = parse("directory", "--key", "secret", "--count", "3");
    assertThat(arguments.shown()).isEqualTo("--key <key> --count 3");
  }

  @Test
  void whatIsNotUnderstoodIsRefusedWithItsName() {
    assertThatThrownBy(() -> parse()).hasMessageContaining("a directory");
    assertThatThrownBy(() -> parse("directory", "--key")).hasMessageContaining("one value each");
    assertThatThrownBy(() -> parse("directory", "--size", "3")).hasMessageContaining("--size");
    for (String count : List.of("0", "-1", "many", "")) {
      Arguments arguments = parse("directory", "--count", count);
      assertThatThrownBy(() -> arguments.count("--count", 1)).hasMessageContaining("--count");
    }
  }
}
