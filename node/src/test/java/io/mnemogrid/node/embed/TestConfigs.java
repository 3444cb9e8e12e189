package io.mnemogrid.node.embed;

import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.config.RerankConfig;
import java.io.IOException;
import java.nio.file.Path;

/** Settings of models, said by what is different. */
final class TestConfigs {
  private static final EmbedConfig BASE = EmbedConfig.DEFAULTS;

  private TestConfigs() {}

  /** The default model, with this much of it all. */
  static EmbedConfig of(int cacheEntries, int queueLimit, int threads, int maxBatchTexts) {
    return new EmbedConfig(
        BASE.model(),
        BASE.modelsDir(),
        BASE.maxOpenModels(),
        cacheEntries,
        queueLimit,
        threads,
        maxBatchTexts,
        BASE.maxBatchTokens());
  }

  /** One thread and no cache, so that each question is read. */
  static EmbedConfig withModels(String byDefault, Path modelsDir, int maxOpenModels) {
    return new EmbedConfig(
        byDefault,
        modelsDir.toString(),
        maxOpenModels,
        0,
        BASE.queueLimit(),
        1,
        1,
        BASE.maxBatchTokens());
  }

  static OnnxModels open(EmbedConfig config, Path scratch) throws IOException {
    return OnnxModels.open(config, RerankConfig.DEFAULTS, scratch);
  }
}
