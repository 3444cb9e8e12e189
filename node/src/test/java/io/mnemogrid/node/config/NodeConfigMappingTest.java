package io.mnemogrid.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key reaches its field, from the file and from the environment. */
class NodeConfigMappingTest {
  /** For each key, a text that is not its default. A new key fails here until it has one. */
  private static final Map<String, String> OTHER_VALUES =
      Map.ofEntries(
          Map.entry("rootApiKey", "opensesame"),
          Map.entry("http.host", "0.0.0.0"),
          Map.entry("http.port", "3301"),
          Map.entry("http.maxBodyBytes", "1MiB"),
          Map.entry("http.eventLoops", "4"),
          Map.entry("http.maxBufferedBytes", "20MiB"),
          Map.entry("http.idleTimeout", "2m"),
          Map.entry("http.bodyTimeout", "5s"),
          Map.entry("http.maxAnswerBytes", "3MiB"),
          Map.entry("http.maxInFlight", "7"),
          Map.entry("cluster.host", "10.0.0.1"),
          Map.entry("cluster.port", "5801"),
          Map.entry("cluster.members", "10.0.0.1:5801,node-b,[::1]:5803"),
          Map.entry("cluster.name", "other"),
          Map.entry("cluster.dnsName", "grid.default.svc.cluster.local"),
          Map.entry("cluster.size", "4"),
          Map.entry("cluster.partitionCount", "31"),
          Map.entry("cluster.backupCount", "2"),
          Map.entry("cluster.minReplicas", "1"),
          Map.entry("cluster.leaseDuration", "2500ms"),
          Map.entry("cluster.heartbeatInterval", "2s"),
          Map.entry("cluster.heartbeatTimeout", "20s"),
          Map.entry("cluster.backupAckTimeout", "2s"),
          Map.entry("cluster.callTimeout", "1m"),
          Map.entry("cluster.writeTimeout", "4s"),
          Map.entry("cluster.migrationChunkBytes", "2097152"),
          Map.entry("cluster.parallelMigrations", "1"),
          Map.entry("cluster.tombstoneRetention", "7d"),
          Map.entry("cluster.warmUpLimit", "2s"),
          Map.entry("embed.model", "ours"),
          Map.entry("embed.modelsDir", "/srv/models"),
          Map.entry("embed.maxOpenModels", "2"),
          Map.entry("embed.threads", "3"),
          Map.entry("embed.queueLimit", "33"),
          Map.entry("embed.maxBatchTexts", "3"),
          Map.entry("embed.maxBatchTokens", "256"),
          Map.entry("embed.cacheEntries", "0"),
          Map.entry("rerank.modelDir", "/srv/reranker"),
          Map.entry("rerank.maxBatchTexts", "5"),
          Map.entry("rerank.maxBatchTokens", "640"),
          Map.entry("index.offHeapBytes", "64MiB"),
          Map.entry("index.rows", "float32"),
          Map.entry("index.m", "24"),
          Map.entry("index.efConstruction", "150"),
          Map.entry("index.efSearch", "64"),
          Map.entry("index.codes", "one_bit"),
          Map.entry("index.codesAbove", "30"),
          Map.entry("index.graphAbove", "300"),
          Map.entry("index.tailLimit", "500"),
          Map.entry("index.splitAbove", "700"),
          Map.entry("recall.timeout", "900ms"),
          Map.entry("recall.searchThreads", "2"),
          Map.entry("recall.searchQueue", "9"),
          Map.entry("recall.importanceWeight", "0.25"),
          Map.entry("recall.recencyWeight", "0.2"),
          Map.entry("recall.verifiedWeight", "0.15"),
          Map.entry("recall.feedbackWeight", "0.3"),
          Map.entry("recall.recencyHalfLife", "48h"),
          Map.entry("idempotency.retention", "2h"),
          Map.entry("idempotency.maxAnswers", "55"),
          Map.entry("idempotency.maxBytes", "128KiB"),
          Map.entry("data.dir", "/var/lib/mnemogrid"),
          Map.entry("data.fsync", "commit"),
          Map.entry("data.fsyncInterval", "20ms"),
          Map.entry("data.segmentBytes", "1MiB"),
          Map.entry("data.queueBytes", "2MiB"),
          Map.entry("data.checkpointInterval", "90s"),
          Map.entry("data.keptLogBytes", "3MiB"),
          Map.entry("data.acceptLoss", "true"),
          Map.entry("backup.dir", "/var/backups/mnemogrid"));

  /** What a key cannot be set without. */
  private static final Map<String, Map<String, String>> NEEDED_BY =
      Map.of(
          "cluster.size", Map.of("cluster.members", "node-a,node-b"),
          "cluster.dnsName", Map.of("cluster.dnsName", "another.svc", "cluster.size", "3"));

  @TempDir private Path folder;

  @Test
  void everyKeyHasAnOtherValueHere() {
    assertThat(OTHER_VALUES.keySet()).containsExactlyInAnyOrderElementsOf(ConfigLoader.keys());
  }

  @Test
  void noTwoKeysHaveTheSameVariable() {
    assertThat(ConfigLoader.keys().stream().map(Environment::variable)).doesNotHaveDuplicates();
  }

  @Test
  void theFixedVariablesHaveTheirNames() {
    assertThat(ConfigLoader.keys().stream().map(Environment::variable))
        .contains(
            "MNEMOGRID_HTTP_HOST",
            "MNEMOGRID_HTTP_PORT",
            "MNEMOGRID_CLUSTER_HOST",
            "MNEMOGRID_CLUSTER_PORT",
            "MNEMOGRID_CLUSTER_MEMBERS",
            "MNEMOGRID_CLUSTER_NAME",
            "MNEMOGRID_DATA_DIR",
            "MNEMOGRID_HTTP_MAX_BODY_BYTES",
            "MNEMOGRID_RECALL_RECENCY_HALF_LIFE",
            "MNEMOGRID_ROOT_API_KEY");
  }

  @Test
  void eachKeyAloneChangesTheConfigurationTheSameFromFileAndEnvironment() throws IOException {
    for (Map.Entry<String, String> other : OTHER_VALUES.entrySet()) {
      var values = new HashMap<>(NEEDED_BY.getOrDefault(other.getKey(), Map.of()));
      NodeConfig without = ConfigLoader.load(file(Map.copyOf(values)));
      values.put(other.getKey(), other.getValue());
      NodeConfig fromFile = ConfigLoader.load(file(values));
      Map<String, String> variables = new HashMap<>();
      values.forEach((key, value) -> variables.put(Environment.variable(key), value));
      NodeConfig fromEnvironment = ConfigLoader.load(variables);
      assertThat(fromFile).as(other.getKey()).isNotEqualTo(without).isEqualTo(fromEnvironment);
    }
  }

  @Test
  void everyKeyReachesItsOwnField() throws IOException {
    var values = new HashMap<>(OTHER_VALUES);
    values.remove("cluster.dnsName"); // excludes cluster.members
    assertThat(ConfigLoader.load(file(values)))
        .isEqualTo(
            new NodeConfig(
                new HttpConfig(
                    "0.0.0.0",
                    3301,
                    4,
                    1 << 20,
                    20L << 20,
                    3 << 20,
                    7,
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(5)),
                new ClusterConfig(
                    "10.0.0.1",
                    5801,
                    List.of(
                        new HostPort("10.0.0.1", 5801),
                        new HostPort("node-b", 5701),
                        new HostPort("::1", 5803)),
                    "other",
                    "",
                    4,
                    31,
                    2,
                    1,
                    Duration.ofMillis(2_500),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(4),
                    2 << 20,
                    1,
                    Duration.ofDays(7),
                    Duration.ofSeconds(2)),
                new AccessConfig("opensesame"),
                new EmbedConfig("ours", "/srv/models", 2, 0, 33, 3, 3, 256),
                new RerankConfig("/srv/reranker", 5, 640),
                new IndexConfig(
                    64L << 20,
                    IndexConfig.Rows.FLOAT32,
                    24,
                    150,
                    64,
                    IndexConfig.Codes.ONE_BIT,
                    30,
                    300,
                    500,
                    700),
                new RecallConfig(
                    Duration.ofMillis(900), 2, 9, 0.25, 0.2, 0.15, 0.3, Duration.ofDays(2)),
                new IdempotencyConfig(Duration.ofHours(2), 55, 128L << 10),
                new DataConfig(
                    "/var/lib/mnemogrid",
                    DataConfig.Fsync.COMMIT,
                    Duration.ofMillis(20),
                    1 << 20,
                    2 << 20,
                    Duration.ofSeconds(90),
                    3 << 20,
                    true),
                new BackupConfig("/var/backups/mnemogrid")));
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Map<String, String> variables = new TreeMap<>(file(Map.of("http.port", "4000")));
    variables.put("MNEMOGRID_HTTP_PORT", "4001");
    assertThat(ConfigLoader.load(variables).http().port()).isEqualTo(4001);
  }

  /** Writes the values as YAML; answers the environment that names the file. */
  private Map<String, String> file(Map<String, String> values) throws IOException {
    Map<String, Map<String, String>> sections = new TreeMap<>();
    values.forEach((key, value) -> {
      int dot = key.indexOf('.');
      sections
          .computeIfAbsent(dot < 0 ? "" : key.substring(0, dot), any -> new TreeMap<>())
          .put(key.substring(dot + 1), value);
    });
    String yaml =
        sections.entrySet().stream()
            .map(section ->
                section.getKey().isEmpty()
                    ? lines(section.getValue(), "")
                    : section.getKey() + ":\n" + lines(section.getValue(), "  "))
            .collect(Collectors.joining());
    Path file = Files.writeString(folder.resolve("node.yaml"), yaml);
    return Map.of("MNEMOGRID_CONFIG", file.toString());
  }

  private static String lines(Map<String, String> values, String indent) {
    return values.entrySet().stream()
        .map(value -> "%s%s: \"%s\"\n".formatted(indent, value.getKey(), value.getValue()))
        .collect(Collectors.joining());
  }
}
