package io.mnemogrid.node.testing;

import io.mnemogrid.node.config.BackupConfig;
import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.config.RerankConfig;
import java.net.URI;
import java.nio.file.Path;

/** A running node as its clients see it. */
public interface NodeUnderTest extends AutoCloseable {
  /** Where it listens, without a slash at the end. */
  URI baseUrl();

  /** The key that may do everything. */
  String rootKey();

  @Override
  void close();

  /** Starts the node that tests of the HTTP interface run against. */
  static NodeUnderTest start(HttpConfig config) {
    return WholeNode.start(config, EmbedConfig.DEFAULTS, RerankConfig.DEFAULTS);
  }

  /** The same, with a model that orders hits anew. */
  static NodeUnderTest reranking(Path modelDir) {
    return WholeNode.start(
        HttpConfig.DEFAULTS.withPort(0),
        EmbedConfig.DEFAULTS,
        new RerankConfig(modelDir.toString(), 8, 512));
  }

  /** The same, with the sentence models of a folder besides its own. */
  static NodeUnderTest withModels(Path modelsDir) {
    EmbedConfig base = EmbedConfig.DEFAULTS;
    return WholeNode.start(
        HttpConfig.DEFAULTS.withPort(0),
        new EmbedConfig(
            base.model(),
            modelsDir.toString(),
            base.maxOpenModels(),
            base.cacheEntries(),
            base.queueLimit(),
            base.threads(),
            base.maxBatchTexts(),
            base.maxBatchTokens()),
        RerankConfig.DEFAULTS);
  }

  /** The same, with a folder for backups. */
  static NodeUnderTest withBackups(Path dir) {
    return WholeNode.start(
        HttpConfig.DEFAULTS.withPort(0),
        EmbedConfig.DEFAULTS,
        RerankConfig.DEFAULTS,
        new BackupConfig(dir.toString()));
  }

  /** The same with limits that tests can reach. */
  static NodeUnderTest start() {
    return start(HttpConfig.DEFAULTS.withPort(0));
  }
}
