package io.mnemogrid.perf;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The measurement once, small: whether it works, not what it says. */
class MigrationStallsTest {
  @Test
  void aThirdNodeComesAndGoesUnderLoad() {
    new MigrationStalls(Report.toConsole(), 200, NodeInside::start)
        .measure(4, Duration.ofMillis(500));
  }
}
