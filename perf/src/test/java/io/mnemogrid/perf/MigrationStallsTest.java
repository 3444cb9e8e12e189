package io.mnemogrid.perf;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The measurement once, small: whether it works, not what it says. */
class MigrationStallsTest {
  @Test
  void aThirdNodeInThisJvmComesAndGoesUnderLoad() {
    measure(NodeInside::start);
  }

  @Test
  void aThirdProcessComesAndGoesUnderLoad() {
    measure(MigrationStalls::process);
  }

  private static void measure(Function<Map<String, String>, ClusterNode> start) {
    new MigrationStalls(Report.toConsole(), 200, start).measure(4, Duration.ofMillis(500));
  }
}
