package io.mnemogrid.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The annotated file that is shipped says what is so. */
class ShippedConfigTest {
  private static final Path SHIPPED = Path.of("..", "config", "node.yaml");

  @Test
  void itEqualsTheDefaults() {
    assertThat(ConfigLoader.load(Map.of("MNEMOGRID_CONFIG", SHIPPED.toString())))
        .isEqualTo(NodeConfig.DEFAULTS);
  }

  @Test
  void itHoldsEveryKey() {
    assertThat(SettingsFile.read(SHIPPED).values().keySet())
        .containsExactlyInAnyOrderElementsOf(ConfigLoader.keys());
  }

  @Test
  void everyKeyHasACommentAboveIt() throws IOException {
    List<String> lines = Files.readAllLines(SHIPPED);
    List<String> bare = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean isKey = lines.get(i).matches(" *[a-zA-Z]+: .+");
      if (isKey && !lines.get(i - 1).strip().startsWith("#")) {
        bare.add(lines.get(i));
      }
    }
    assertThat(bare).isEmpty();
  }
}
