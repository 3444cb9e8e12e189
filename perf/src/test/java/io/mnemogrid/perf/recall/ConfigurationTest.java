package io.mnemogrid.perf.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir private Path folder;

  private List<Configuration> read(String json) throws IOException {
    return Configuration.read(Files.writeString(folder.resolve("some.json"), json));
  }

  @Test
  void theStandardListHasEachWayToRecall() {
    assertThat(Configuration.standard())
        .extracting(configuration -> configuration.options().getString("routing"))
        .contains(null, "vector", "bm25", "hybrid");
  }

  @Test
  void optionsArriveInTheRequestAsTheyStand() throws IOException {
    List<Configuration> list =
        read(
            "[{\"name\": \"mine\", \"options\": {\"vector_weight\": 0.6}}, {\"name\": \"plain\"}]");
    assertThat(list.getFirst().request(20).encode())
        .isEqualTo("{\"vector_weight\":0.6,\"top_k\":20}");
    assertThat(list.getLast().request(5).encode()).isEqualTo("{\"top_k\":5}");
  }

  @Test
  void aListThatWouldMeasureSomethingElseIsRefused() {
    assertThatThrownBy(() -> read("[{\"name\": \"a\"}, {\"name\": \"a\"}]"))
        .hasMessageContaining("two are named 'a'");
    assertThatThrownBy(() -> read("[{\"name\": \"a\", \"options\": {\"top_k\": 1}}]"))
        .hasMessageContaining("top_k");
    assertThatThrownBy(() -> read("[{\"options\": {}}]")).hasMessageContaining("'name'");
    assertThatThrownBy(() -> read("[{\"name\": \"%s\"}]".formatted("a".repeat(25))))
        .hasMessageContaining("24");
    assertThatThrownBy(() -> read("{}")).hasMessageContaining("some.json");
  }
}
