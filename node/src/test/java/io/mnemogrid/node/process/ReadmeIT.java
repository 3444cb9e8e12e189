package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The example on the README's first screen, run as it stands, answers as the README says. */
class ReadmeIT {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "```sh\\n(api=http://127.0.0.1:3300\\n.*?)```\\s+It prints:\\s+```text\\n(.*?)```",
          Pattern.DOTALL);
  private static final Pattern ROOT_KEY =
      Pattern.compile("export MNEMOGRID_ROOT_API_KEY=(\\S+).*\nnode/serve");

  @RegisterExtension private final Nodes nodes = Nodes.ofATest();
  @TempDir private Path folder;

  @Test
  void theExampleAnswersAsWritten() throws Exception {
    String readme = Files.readString(NodeProcess.ROOT.resolve("README.md"));
    MatchResult example = EXAMPLE.matcher(readme).results().findFirst().orElseThrow();
    String rootKey = ROOT_KEY.matcher(readme).results().findFirst().orElseThrow().group(1);
    NodeProcess node =
        nodes.launch(
            "readme",
            Map.of(
                "MNEMOGRID_ROOT_API_KEY",
                rootKey,
                "MNEMOGRID_CLUSTER_PORT",
                "" + NodeProcess.freePort()));
    nodes.awaitReady(node, 1);

    String script = example.group(1).replace(":3300", ":" + node.httpPort());
    assertThat(run(script)).isEqualTo(example.group(2));
  }

  private String run(String script) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    var shell =
        new ProcessBuilder("sh", Files.writeString(folder.resolve("example.sh"), script).toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();
    return Files.readString(output);
  }
}
