package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node says and does when it starts, when it cannot, and when it is told to stop. */
class StartIT {
  private static final int CONFIG_ERROR = 78;
  private static final int SIGTERM_EXIT = 143;
  private static final int JAVA_11 = 55;

  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  @Test
  void itIsReadyAloneAndSigtermStopsIt() {
    NodeProcess node = nodes.alone("alone");
    assertThat(node.log())
        .contains("listening on http://127.0.0.1:" + node.httpPort())
        .contains("of 1")
        .doesNotContain(NodeProcess.ROOT_KEY);
    node.stop();
    assertThat(node.awaitExit()).as(node.log()).isIn(0, SIGTERM_EXIT);
    assertThat(node.log()).endsWith("mnemogrid: stopped\n");
  }

  @Test
  void theLauncherStartsAndStopsItAndTheRootKeyOfTheOtherVariableIsTaken() {
    NodeProcess node =
        nodes.launch(
            "serve",
            List.of(NodeProcess.ROOT.resolve("node/serve").toString()),
            Map.of(
                "MNEMOGRID_CLUSTER_PORT", "" + NodeProcess.freePort(),
                "MNEMOGRID_ROOT_API_KEY", "",
                "DAKERA_ROOT_API_KEY", "test-key",
                "MNEMOGRID_JVM_OPTS", "-Xmx512m -Xlog:class+load",
                "JAVA_HOME", "/nowhere"));
    nodes.awaitReady(node, 1);
    assertThat(ApiClient.of(node, "test-key").get("/admin/keys").status()).isEqualTo(200);
    assertThat(node.log().lines())
        .as("classes from the archive that the build leaves")
        .anyMatch(line ->
            line.contains("io.mnemogrid.node.app.Node ") && line.contains("shared objects file"));
    assertThat(node.log()).as("the JVM's remarks on the archive").doesNotContain("[error]");
    node.stop();
    assertThat(node.awaitExit()).as(node.log()).isIn(0, SIGTERM_EXIT);
  }

  @Test
  void aRootKeyThatNobodyGaveIsMadeAndShownOnce() {
    NodeProcess node =
        nodes.launch(
            "keyless",
            Map.of(
                "MNEMOGRID_ROOT_API_KEY",
                "",
                "MNEMOGRID_CLUSTER_PORT",
                "" + NodeProcess.freePort()));
    nodes.awaitReady(node, 1);
    List<String> shown =
        node.log().lines().filter(line -> line.contains("shown this once: ")).toList();
    assertThat(shown).hasSize(1);
    String key = shown.getFirst().replaceAll(".*shown this once: ", "");
    assertThat(ApiClient.of(node, key).get("/admin/keys").ok().status()).isEqualTo(200);
    assertThat(ApiClient.of(node, key + "x").get("/admin/keys").status()).isEqualTo(401);
  }

  @Test
  void aBadConfigurationIsReportedAsAWhole() {
    NodeProcess node =
        nodes.launch(
            "misconfigured",
            Map.of(
                "MNEMOGRID_HTTP_PORT", "eighty",
                "MNEMOGRID_CLUSTER_MEMBERS", "a:b",
                "MNEMOGRID_RECALL_SEARCH_QUEUE", "0",
                "MNEMOGRID_HTTP_PROT", "80"));
    assertThat(node.awaitExit()).isEqualTo(CONFIG_ERROR);
    assertThat(node.log())
        .contains("4 errors")
        .contains("http.port (MNEMOGRID_HTTP_PORT): must be a whole number, was \"eighty\"")
        .contains("cluster.members (MNEMOGRID_CLUSTER_MEMBERS): must be host:port,host:port")
        .contains("recall.searchQueue (MNEMOGRID_RECALL_SEARCH_QUEUE): must be 1..1000000, was 0")
        .contains("MNEMOGRID_HTTP_PROT: is not a known variable; did you mean MNEMOGRID_HTTP_PORT?")
        .doesNotContain("\tat ");
  }

  @Test
  void modelsThatCannotBeUsedAreAConfigurationErrorToo() {
    NodeProcess node =
        nodes.launch(
            "no-such-models",
            Map.of(
                "MNEMOGRID_EMBED_MODELS_DIR", "/nowhere/models",
                "MNEMOGRID_RERANK_MODEL_DIR", "/nowhere/reranker"));
    assertThat(node.awaitExit()).isEqualTo(CONFIG_ERROR);
    assertThat(node.log())
        .contains("2 errors")
        .contains("embed.modelsDir: must be a folder that can be read: /nowhere/models")
        .contains("rerank.modelDir: /nowhere/reranker cannot be used: ")
        .doesNotContain("\tat ");
  }

  @Test
  void anArgumentIsRefused() {
    Stream<String> command = Stream.concat(NodeProcess.command().stream(), Stream.of("--port=1"));
    NodeProcess node = nodes.launch("argument", command.toList(), Map.of());
    assertThat(node.awaitExit()).isEqualTo(64);
    assertThat(node.log()).contains("takes no arguments");
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();
      NodeProcess http =
          nodes.launch(
              "http-taken",
              Map.of(
                  "MNEMOGRID_HTTP_PORT",
                  port,
                  "MNEMOGRID_CLUSTER_PORT",
                  "" + NodeProcess.freePort()));
      assertThat(http.awaitExit()).as(http.log()).isEqualTo(69);
      assertThat(http.log()).contains("not started").contains(port);

      NodeProcess cluster = nodes.launch("cluster-taken", Map.of("MNEMOGRID_CLUSTER_PORT", port));
      assertThat(cluster.awaitExit()).as(cluster.log()).isEqualTo(69);
      assertThat(cluster.log()).contains("not started").contains(port);
    }
  }

  @Test
  void aJvmWithoutTheVectorModuleIsToldSo() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    NodeProcess node =
        nodes.launch(
            "no-module", List.of(java.toString(), "-jar", NodeProcess.JAR.toString()), Map.of());
    assertThat(node.awaitExit()).isEqualTo(CONFIG_ERROR);
    assertThat(node.log()).hasLineCount(1).contains("jdk.incubator.vector").contains("node/serve");
  }

  @Test
  void anOlderJvmIsToldSo() throws IOException {
    try (var jar = new JarFile(NodeProcess.JAR.toFile());
        var main =
            new DataInputStream(
                jar.getInputStream(jar.getEntry("io/mnemogrid/node/app/Main.class")))) {
      main.skipNBytes(6);
      assertThat(main.readUnsignedShort()).as("class file version").isEqualTo(JAVA_11);
    }
    for (Path java : olderJvms()) {
      NodeProcess node =
          nodes.launch(
              "older-jvm", List.of(java.toString(), "-jar", NodeProcess.JAR.toString()), Map.of());
      assertThat(node.awaitExit()).as("%s", java).isEqualTo(CONFIG_ERROR);
      assertThat(node.log()).hasLineCount(1).contains("needs JDK 25").contains("node/serve");
    }
  }

  @Test
  void everyShippedArtifactIsNamedInTheNotice() throws IOException {
    String notice = Files.readString(NodeProcess.ROOT.resolve("node/NOTICE"));
    try (Stream<Path> lib = Files.list(NodeProcess.ROOT.resolve("node/target/lib"))) {
      assertThat(lib.map(jar -> jar.getFileName().toString().replaceAll("-[0-9].*", "")))
          .filteredOn(artifact -> !artifact.equals("vector-index"))
          .allSatisfy(artifact -> assertThat(notice).containsPattern("\\b" + artifact + "\\b"));
    }
  }

  /** Those of this machine; there may be none, and the class file's version says the same. */
  private static List<Path> olderJvms() throws IOException {
    Path distributions = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(distributions)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(distributions)) {
      return homes
          .filter(home -> !Files.isSymbolicLink(home))
          .filter(StartIT::isOlder)
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .toList();
    }
  }

  private static boolean isOlder(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17.");
    } catch (IOException e) {
      return false; // not a JDK's folder
    }
  }
}
