package io.mnemogrid.node.process;

import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.testing.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The node processes of a test class: shows what they said when a test fails, and leaves none
 * behind. As a static field it keeps them for the whole class, else for one test.
 */
final class Nodes implements AfterEachCallback, AfterAllCallback {
  private final boolean keptForTheClass;
  private final List<NodeProcess> processes = new ArrayList<>();

  private Nodes(boolean keptForTheClass) {
    this.keptForTheClass = keptForTheClass;
  }

  static Nodes ofATest() {
    return new Nodes(false);
  }

  static Nodes ofAClass() {
    return new Nodes(true);
  }

  /** Starts a node and does not wait for it. */
  NodeProcess launch(String name, List<String> command, Map<String, String> settings) {
    NodeProcess node = NodeProcess.start(name, command, settings);
    processes.add(node);
    return node;
  }

  NodeProcess launch(String name, Map<String, String> settings) {
    return launch(name, NodeProcess.quickCommand(), settings);
  }

  /** Starts a node alone and waits until it is ready. */
  NodeProcess alone(String name) {
    NodeProcess node = launch(name, Map.of("MNEMOGRID_CLUSTER_PORT", "" + NodeProcess.freePort()));
    awaitReady(node, 1);
    return node;
  }

  /** Starts nodes that form one cluster and waits until each sees all of them. */
  List<NodeProcess> cluster(int size) {
    return cluster(clusterOf(size));
  }

  /** Starts nodes with the settings of {@link #clusterOf}, and waits as {@link #cluster(int)}. */
  List<NodeProcess> cluster(List<Map<String, String>> settings) {
    List<NodeProcess> cluster = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      cluster.add(launch("node-" + (char) ('a' + i), settings.get(i)));
    }
    cluster.forEach(node -> awaitReady(node, settings.size()));
    return cluster;
  }

  /** The settings of nodes that form one cluster. */
  static List<Map<String, String>> clusterOf(int size) {
    List<Integer> ports = IntStream.range(0, size).mapToObj(_ -> NodeProcess.freePort()).toList();
    String name = "test-" + System.nanoTime();
    return ports.stream()
        .map(port ->
            Map.of(
                "MNEMOGRID_CLUSTER_NAME",
                name,
                "MNEMOGRID_CLUSTER_MEMBERS",
                FreePorts.addresses(ports),
                "MNEMOGRID_CLUSTER_PORT",
                "" + port))
        .toList();
  }

  /**
   * Waits until the node says that it is ready, in a cluster of this size, with all its backups.
   */
  void awaitReady(NodeProcess node, int clusterSize) {
    await("port of " + node.name())
        .failFast(node.name() + " ended", () -> !node.isAlive())
        .until(() -> node.httpPort() > 0);
    var client = ApiClient.of(node, "");
    await(node.name() + " ready in a cluster of " + clusterSize)
        .failFast(node.name() + " ended", () -> !node.isAlive())
        .until(() -> {
          ApiClient.Answer answer = client.get("/health/ready");
          return answer.status() == 200
              && answer.json().getInteger("cluster_size") == clusterSize
              && answer.json().getInteger("replicas_missing") == 0;
        });
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      showLogs();
    }
    if (!keptForTheClass) {
      end();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      showLogs();
    }
    end();
  }

  private void showLogs() {
    processes.forEach(node -> System.err.printf("--- %s said:%n%s%n", node.name(), node.log()));
  }

  private void end() {
    processes.forEach(NodeProcess::kill);
    processes.forEach(NodeProcess::awaitExit);
    processes.clear();
  }
}
