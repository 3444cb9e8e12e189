package io.mnemogrid.node.config;

/**
 * How this node embeds text.
 *
 * @param model name of the sentence model of a namespace that is made without naming one
 * @param modelsDir folder with a folder for each further sentence model, or {@code ""}
 * @param maxOpenModels sentence models in memory at a time; the one unused for longest makes room
 * @param cacheEntries questions whose vectors are kept, 0 for none
 * @param queueLimit places for text that waits, for questions, reranking and stores apart; a text
 *     takes one place for each started 4,096 characters
 * @param threads threads that run the models, 0 for a number by the machine's cores
 * @param maxBatchTexts texts of one request that the model reads in one run; with more than 1 a
 *     vector depends a little on the other texts of its request, since the model's 8-bit numbers
 *     are scaled by the largest in the run
 * @param maxBatchTokens tokens in one run of several texts, padding included; longer runs delay the
 *     questions that arrive meanwhile
 */
public record EmbedConfig(
    String model,
    String modelsDir,
    int maxOpenModels,
    int cacheEntries,
    int queueLimit,
    int threads,
    int maxBatchTexts,
    int maxBatchTokens) {

  /** What a node does when nobody says otherwise. */
  public static final EmbedConfig DEFAULTS =
      new EmbedConfig("bge-small-en-v1.5-q", "", 4, 10_000, 8_192, 0, 1, 512);

  public EmbedConfig {
    var check = Violations.in("embed");
    check.that(!model.isBlank(), "model", "must be the name of a sentence model");
    check.that(modelsDir.indexOf('\0') < 0, "modelsDir", "must be the path of a folder");
    check.range("maxOpenModels", maxOpenModels, 1, 64);
    check.range("cacheEntries", cacheEntries, 0, 1_000_000);
    check.range("queueLimit", queueLimit, 1, 1_000_000);
    check.range("threads", threads, 0, 256);
    check.range("maxBatchTexts", maxBatchTexts, 1, 128);
    check.range("maxBatchTokens", maxBatchTokens, 1, 8_192);
    check.orThrow();
  }
}
