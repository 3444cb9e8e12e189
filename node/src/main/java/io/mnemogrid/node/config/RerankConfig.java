package io.mnemogrid.node.config;

/**
 * How this node reranks: a cross-encoder reads the question together with each text that was found.
 *
 * @param modelDir folder of the cross-encoder, or {@code ""} for no reranking
 * @param maxBatchTexts texts of one question that the model reads in one run
 * @param maxBatchTokens tokens in one run of several texts, the question's and padding included;
 *     longer runs delay the questions that arrive meanwhile
 */
public record RerankConfig(String modelDir, int maxBatchTexts, int maxBatchTokens) {
  public static final RerankConfig DEFAULTS = new RerankConfig("", 8, 512);

  public RerankConfig {
    var check = Violations.in("rerank");
    check.that(modelDir.indexOf('\0') < 0, "modelDir", "must be the path of a folder");
    check.range("maxBatchTexts", maxBatchTexts, 1, 128);
    check.range("maxBatchTokens", maxBatchTokens, 1, 8_192);
    check.orThrow();
  }
}
