package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that are all killed at once while they are written to, and start again from their disks.
 */
class RestartIT {
  private static final long SEED = 20_261_126;

  /** How often all are killed; more with -Dmnemogrid.restart.rounds=20. */
  private static final int ROUNDS = Integer.getInteger("mnemogrid.restart.rounds", 1);

  private static final int CHANGES_A_ROUND = 200;
  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  @TempDir private Path data;

  private final List<Integer> ports = new ArrayList<>();
  private final String name = "test-" + System.nanoTime();

  private Map<String, String> settings(int node) {
    return Map.of(
        "MNEMOGRID_CLUSTER_NAME",
        name,
        "MNEMOGRID_CLUSTER_PORT",
        "" + ports.get(node),
        "MNEMOGRID_CLUSTER_MEMBERS",
        ports.size() == 1 ? "" : FreePorts.addresses(ports),
        // Small, so that segments are full and partitions are checkpointed while all this goes on.
        "MNEMOGRID_DATA_SEGMENT_BYTES",
        "256KiB",
        "MNEMOGRID_DATA_KEPT_LOG_BYTES",
        "512KiB",
        "MNEMOGRID_DATA_CHECKPOINT_INTERVAL",
        "3s",
        "MNEMOGRID_DATA_DIR",
        data.toString(),
        "MNEMOGRID_EMBED_MODEL",
        NodeProcess.SMALLEST_MODEL);
  }

  private List<NodeProcess> start(int... some) {
    List<NodeProcess> started = new ArrayList<>();
    for (int node : some) {
      started.add(nodes.launch("node-" + (char) ('a' + node), settings(node)));
    }
    started.forEach(node -> nodes.awaitReady(node, some.length));
    return started;
  }

  private static void killAll(List<NodeProcess> some) {
    some.forEach(NodeProcess::kill);
    some.forEach(NodeProcess::awaitExit);
  }

  private void drawPorts(int size) {
    for (int i = 0; i < size; i++) {
      ports.add(NodeProcess.freePort());
    }
  }

  private static List<ApiClient> clients(List<NodeProcess> of) {
    return of.stream().map(ApiClient::root).toList();
  }

  @Test
  void aNodeThatIsKilledAgainAndAgainLosesNothingAndBringsNothingBack() {
    drawPorts(1);
    AcknowledgedHistory history = new AcknowledgedHistory(SEED);
    String readKey = "";
    for (int round = 0; round < ROUNDS; round++) {
      List<NodeProcess> alone = start(0);
      ApiClient client = clients(alone).getFirst();
      if (round == 0) {
        history.makeNamespaces(client);
        readKey = client.newKey("reader", history.aNamespace() + ":read");
      }
      history.compareWith(List.of(client));
      String namespaces = "/v1/namespaces/" + history.aNamespace();
      assertThat(client.withKey(readKey).get(namespaces).status()).isEqualTo(200);
      history.change(List.of(client), CHANGES_A_ROUND, () -> killAll(alone));
    }
    history.compareWith(clients(start(0)));
  }

  @Test
  void aClusterThatIsKilledAsAWholeLosesNothingAndBringsNothingBack() {
    drawPorts(3);
    AcknowledgedHistory history = new AcknowledgedHistory(SEED + 1);
    for (int round = 0; round < ROUNDS; round++) {
      List<NodeProcess> cluster = start(0, 1, 2);
      if (round == 0) {
        history.makeNamespaces(clients(cluster).getFirst());
      }
      history.compareWith(clients(cluster));
      history.change(clients(cluster), CHANGES_A_ROUND, () -> killAll(cluster));
    }
    history.compareWith(clients(start(0, 1, 2)));
  }

  /** The one that lives has none of what both of the others had. */
  @Test
  void whatTwoOfThreeHadComesBackWithThemThoughTheThirdLives() {
    drawPorts(3);
    AcknowledgedHistory history = new AcknowledgedHistory(SEED + 3);
    List<NodeProcess> cluster = start(0, 1, 2);
    history.makeNamespaces(clients(cluster).getFirst());
    history.change(clients(cluster), CHANGES_A_ROUND, () -> killAll(cluster.subList(0, 2)));
    NodeProcess survivor = cluster.getLast();
    await("the third to notice").until(() -> survivor.log().contains("partitions are lost"));

    NodeProcess first = nodes.launch("node-a", settings(0));
    NodeProcess second = nodes.launch("node-b", settings(1));
    await("the third to begin anew").until(() -> survivor.begins() == 2);
    List<NodeProcess> three = List.of(first, second, survivor);
    three.forEach(node -> nodes.awaitReady(node, 3));
    history.compareWith(clients(three));
    history.change(clients(three), CHANGES_A_ROUND, () -> {});
    history.compareWith(clients(three));
  }

  @Test
  void aClusterComesBackWithoutOneNodeAndWithoutOneDisk() throws IOException {
    drawPorts(3);
    AcknowledgedHistory history = new AcknowledgedHistory(SEED + 2);
    List<NodeProcess> cluster = start(0, 1, 2);
    history.makeNamespaces(clients(cluster).getFirst());
    history.change(clients(cluster), CHANGES_A_ROUND, () -> {});
    killAll(cluster);

    NodeProcess first = launchAndAwaitWaitingForAnother();
    NodeProcess second = nodes.launch("node-b", settings(1));
    List<NodeProcess> two = List.of(first, second);
    two.forEach(node -> nodes.awaitReady(node, 2));
    history.compareWith(clients(two));
    history.change(clients(two), CHANGES_A_ROUND, () -> {});

    NodeProcess late = nodes.launch("node-c", settings(2));
    nodes.awaitReady(late, 3);
    assertThat(late.log()).contains("is set aside in");
    List<NodeProcess> three = List.of(first, second, late);
    history.compareWith(clients(three));

    killAll(three);
    loseDisk(1);
    history.compareWith(clients(start(0, 1, 2)));
  }

  /** Starts the first node alone, and waits until readiness says that it waits for a second one. */
  private NodeProcess launchAndAwaitWaitingForAnother() {
    Map<String, String> settings = new HashMap<>(settings(0));
    int httpPort = NodeProcess.freePort(); // it does not say where it listens before it serves
    settings.put("MNEMOGRID_HTTP_PORT", Integer.toString(httpPort));
    NodeProcess node = nodes.launch("node-a", settings);
    var client = new ApiClient(URI.create("http://127.0.0.1:" + httpPort), "");
    await("readiness to say what it waits for")
        .ignoreExceptions() // it may not listen yet
        .untilAsserted(() -> {
          ApiClient.Answer answer = client.get("/health/ready");
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.json().getJsonArray("reasons").toString())
              .contains("1 of 3 nodes are here")
              .contains("not here: 127.0.0.1:" + ports.get(1));
        });
    return node;
  }

  private void loseDisk(int node) throws IOException {
    try (var files = Files.walk(data.resolve("node-" + ports.get(node)))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
