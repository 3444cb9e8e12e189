package io.mnemogrid.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator is told about settings that cannot be used. */
class ConfigReportTest {
  @TempDir private Path folder;

  @Test
  void allErrorsOfFileAndEnvironmentAreInOneReport() throws IOException {
    String report =
        report(
            """
            http:
              port: 99999
              hots: localhost
            recall:
              timeout: soon
              searchQueue: 0
            """,
            Map.of(
                "MNEMOGRID_INDEX_M", "many",
                "MNEMOGRID_CLUSTER_NAME", "not a name",
                "MNEMOGRID_CLUSTER_MEMBER", "a:1"));
    assertThat(report.lines().map(String::strip))
        .hasSize(8)
        .contains("The configuration has 7 errors:")
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("http.port (")
                .endsWith("node.yaml line 2): must be 0..65535, was 99999"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("http.hots (")
                .endsWith("line 3): is not a known key; did you mean http.host?"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("recall.timeout (")
                .endsWith("must be a time such as 1500ms, 3s, 10m, 24h or 7d, was \"soon\""))
        .anySatisfy(line -> assertThat(line).contains("searchQueue").endsWith("1..1000000, was 0"))
        .contains("index.m (MNEMOGRID_INDEX_M): must be a whole number, was \"many\"")
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("cluster.name (MNEMOGRID_CLUSTER_NAME): ")
                .endsWith("was \"not a name\""))
        .contains(
            "MNEMOGRID_CLUSTER_MEMBER: is not a known variable;"
                + " did you mean MNEMOGRID_CLUSTER_MEMBERS?");
  }

  @Test
  void aSecretIsInNoMessage() throws IOException {
    String report = report("", Map.of("MNEMOGRID_ROOT_API_KEY", "open sesame"));
    assertThat(report).contains("rootApiKey (MNEMOGRID_ROOT_API_KEY)").doesNotContain("sesame");
    NodeConfig config = ConfigLoader.load(Map.of("MNEMOGRID_ROOT_API_KEY", "opensesame"));
    assertThat(config.toString()).doesNotContain("opensesame");
  }

  @ParameterizedTest
  @CsvSource({
    "'http: [1, 2', must be YAML",
    "'- a', must be keys with values",
    "'http: 3', is not a known key",
    "'http: {port: {a: 1}}', 'must be one value'",
    "'http: {port: 1, port: 2}', 'must be set once'",
    "'a: &x {b: 1}\nc: *x', exceeds"
  })
  void aMalformedFileIsNamed(String yaml, String complaint) throws IOException {
    assertThat(report(yaml, Map.of())).contains(complaint);
  }

  @Test
  void aNamedFileMustBeThere() {
    assertThatThrownBy(() -> ConfigLoader.load(Map.of("MNEMOGRID_CONFIG", "nowhere.yaml")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("nowhere.yaml: must be a readable text file");
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    assertThat(ConfigLoader.load(variables("# nothing\n", Map.of())))
        .isEqualTo(NodeConfig.DEFAULTS);
  }

  @Test
  void theRootKeyIsTakenFromTheOtherVariableToo() {
    assertThat(ConfigLoader.load(Map.of("DAKERA_ROOT_API_KEY", "test-key")).access())
        .isEqualTo(new AccessConfig("test-key"));
    assertThat(
            ConfigLoader.load(
                    Map.of("DAKERA_ROOT_API_KEY", "test-key", "MNEMOGRID_ROOT_API_KEY", "ours"))
                .access())
        .isEqualTo(new AccessConfig("ours"));
    assertThat(
            ConfigLoader.load(
                    Map.of("DAKERA_ROOT_API_KEY", "test-key", "MNEMOGRID_ROOT_API_KEY", ""))
                .access())
        .isEqualTo(new AccessConfig("test-key"));
    assertThat(ConfigLoader.load(Map.of("MNEMOGRID_ROOT_API_KEY", "")).access())
        .isEqualTo(AccessConfig.DEFAULTS);
  }

  @Test
  void variablesThatKubernetesMakesForServicesAreLeftAlone() {
    assertThat(
            ConfigLoader.load(
                Map.of(
                    "MNEMOGRID_SERVICE_HOST", "10.0.0.1",
                    "MNEMOGRID_SERVICE_PORT_HTTP", "3300",
                    "MNEMOGRID_PORT", "tcp://10.0.0.1:3300",
                    "MNEMOGRID_MEMBERS_PORT_5701_TCP_ADDR", "10.0.0.1")))
        .isEqualTo(NodeConfig.DEFAULTS);
  }

  @Test
  void membersAreAListToo() throws IOException {
    assertThat(
            ConfigLoader.load(variables("cluster: {members: ['a:1', 'b']}", Map.of()))
                .cluster()
                .members())
        .containsExactly(new HostPort("a", 1), new HostPort("b", 5701));
  }

  @ParameterizedTest
  @CsvSource({
    "http.maxAnswerBytes, 1023",
    "cluster.members, a:b",
    "cluster.members, 'a:1,'",
    "cluster.members, a:0",
    "cluster.members, a:65536",
    "cluster.members, ::1",
    "cluster.port, 0",
    "cluster.port, 3300",
    "cluster.backupCount, 4",
    "cluster.minReplicas, 3",
    "cluster.heartbeatInterval, 1500ms",
    "cluster.heartbeatTimeout, 1s",
    "cluster.migrationChunkBytes, 4XB",
    "cluster.migrationChunkBytes, 9999999999999TiB",
    "embed.model, ''",
    "embed.maxOpenModels, 0",
    "rerank.maxBatchTexts, 129",
    "index.rows, INT8",
    "index.efConstruction, 15",
    "recall.importanceWeight, NaN",
    "recall.importanceWeight, 0.51",
    "recall.verifiedWeight, -0.1",
    "recall.feedbackWeight, 0.6",
    "recall.timeout, 5",
    "recall.timeout, -5s",
    "http.host, a b",
    "http.port, 3300.0",
    "http.port, ''"
  })
  void aValueThatCannotBeIsNamed(String key, String value) {
    String variable = Environment.variable(key);
    var refused =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigLoader.load(Map.of(variable, value)));
    assertThat(refused).as("%s=%s", key, value).isNotNull();
    assertThat(refused.violations())
        .as("%s=%s", key, value)
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.key()).startsWith(key + " (" + variable + ")"));
  }

  @ParameterizedTest
  @CsvSource({"0,0ms", "1500,1500ms", "3000,3s", "120000,2m", "86400000,1d", "90000000,25h"})
  void aTimeIsShownAsItMayBeWritten(long ms, String text) {
    assertThat(Times.text(Duration.ofMillis(ms))).isEqualTo(text);
    assertThat(Times.parse(text)).contains(Duration.ofMillis(ms));
  }

  @Test
  void anAddressIsShownAsItMayBeWritten() {
    var addresses = List.of(new HostPort("::1", 1), new HostPort("a.b", 65_535));
    assertThat(HostPorts.parse("[::1]:1,a.b:65535", 9)).contains(addresses);
    assertThat(addresses).hasToString("[[::1]:1, a.b:65535]");
  }

  private String report(String yaml, Map<String, String> more) throws IOException {
    var variables = variables(yaml, more);
    return String.valueOf(
        catchThrowableOfType(InvalidConfigException.class, () -> ConfigLoader.load(variables))
            .getMessage());
  }

  private Map<String, String> variables(String yaml, Map<String, String> more) throws IOException {
    Path file = Files.writeString(folder.resolve("node.yaml"), yaml);
    Map<String, String> variables = new HashMap<>(more);
    variables.put("MNEMOGRID_CONFIG", file.toString());
    return variables;
  }

  @Test
  void aClusterFoundByNameMustSayHowManyNodesItHas() throws IOException {
    Map<String, String> byName = Map.of("MNEMOGRID_CLUSTER_DNS_NAME", "grid.default.svc");
    assertThat(report("", byName)).contains("cluster.size: must be the number of nodes");
    Map<String, String> others =
        Map.of(
            "MNEMOGRID_CLUSTER_MEMBERS", "node-a,node-b,node-c",
            "MNEMOGRID_CLUSTER_SIZE", "2");
    assertThat(report("", others))
        .contains("must be 0 or at least the number of cluster.members (3), was 2");
    assertThat(report("", Map.of("MNEMOGRID_CLUSTER_SIZE", "3")))
        .contains("must be 0 or 1 without cluster.members and cluster.dnsName, was 3");
  }
}
