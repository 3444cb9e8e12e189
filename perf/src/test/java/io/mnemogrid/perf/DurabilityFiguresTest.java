package io.mnemogrid.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement once, small: whether it works, not what it says. */
class DurabilityFiguresTest {
  @Test
  void storesAreTimedByPolicyAndAKilledNodeComesBack(@TempDir Path folder) {
    String[] options = {
      folder.toString(),
      "--nodes",
      "1",
      "--policies",
      "memory,commit",
      "--clients",
      "1,2",
      "--stores",
      "40",
      "--memories",
      "200",
      "--restarts",
      "1"
    };
    assertThat(
            new DurabilityFigures(DurabilityFigures.arguments(options), Report.toConsole()).run())
        .isEqualTo(200);
  }
}
