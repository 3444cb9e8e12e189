package io.mnemogrid.node.testing;

import io.mnemogrid.node.app.Node;
import io.mnemogrid.node.config.AccessConfig;
import io.mnemogrid.node.config.BackupConfig;
import io.mnemogrid.node.config.ConfigLoader;
import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.config.RerankConfig;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** A node as it is shipped, alone, in this JVM. */
final class WholeNode implements NodeUnderTest {
  private static final String ROOT_KEY = "test-key";

  private final Node node;

  private WholeNode(Node node) {
    this.node = node;
  }

  static WholeNode start(HttpConfig http, EmbedConfig embed, RerankConfig rerank) {
    return start(http, embed, rerank, BackupConfig.DEFAULTS);
  }

  static WholeNode start(
      HttpConfig http, EmbedConfig embed, RerankConfig rerank, BackupConfig backup) {
    NodeConfig base =
        ConfigLoader.load(
            Map.of(
                "MNEMOGRID_CLUSTER_PORT",
                "" + FreePorts.draw(1).getFirst(),
                "MNEMOGRID_CLUSTER_NAME",
                "test-" + UUID.randomUUID(),
                "MNEMOGRID_DATA_DIR",
                ""));
    return new WholeNode(
        Node.start(
            new NodeConfig(
                http,
                base.cluster(),
                new AccessConfig(ROOT_KEY),
                embed,
                rerank,
                base.index(),
                base.recall(),
                base.idempotency(),
                base.data(),
                backup)));
  }

  @Override
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + node.httpPort());
  }

  @Override
  public String rootKey() {
    return ROOT_KEY;
  }

  @Override
  public void close() {
    node.close();
  }
}
