package io.mnemogrid.perf;

import io.mnemogrid.node.app.Node;
import io.mnemogrid.node.config.ConfigLoader;
import io.mnemogrid.node.config.NodeConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A node in this JVM, as a host application has it: what it runs is compiled already if another ran
 * before it, and no process has to start.
 */
final class NodeInside implements ClusterNode {
  private final CompletableFuture<Node> node;

  private NodeInside(CompletableFuture<Node> node) {
    this.node = node;
  }

  /** Starts a node and does not wait for it. */
  static NodeInside start(Map<String, String> settings) {
    System.setProperty("hazelcast.logging.type", "slf4j");
    Map<String, String> all = new HashMap<>(settings);
    all.put("MNEMOGRID_DATA_DIR", "");
    NodeConfig config = ConfigLoader.load(all);
    return new NodeInside(CompletableFuture.supplyAsync(() -> Node.start(config)));
  }

  @Override
  public void awaitReady(int clusterSize) {
    node.join();
    var client = new ApiClient(url(), NodeProcess.ROOT_KEY);
    while (true) {
      ApiClient.Answer answer = client.get("/health/ready");
      if (answer.status() == 200 && answer.json().getInteger("cluster_size") == clusterSize) {
        return;
      }
      Pause.of(NodeProcess.ASKED_AGAIN_AFTER);
    }
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + node.join().httpPort();
  }

  @Override
  public void leave() {
    close();
  }

  @Override
  public void close() {
    node.join().close();
  }
}
