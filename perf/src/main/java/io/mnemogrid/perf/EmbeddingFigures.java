package io.mnemogrid.perf;

import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.config.RerankConfig;
import io.mnemogrid.node.embed.OnnxModels;
import io.mnemogrid.node.memory.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * How long a sentence model takes until it has made its first vector, and how many short texts it
 * embeds in a second, one text a run as a node does it unless it is told otherwise, and several.
 */
public final class EmbeddingFigures {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.EmbeddingFigures <texts directory> ";
  private static final String USAGE =
      """
      arguments: <texts directory> [options]
        --model <name>              that comes with the node (the node's default)
      """;
  private static final String MODEL = "--model";

  /** Texts of 13 to 17 words have about 20 tokens. */
  private static final int LEAST_WORDS = 13;

  private static final int MOST_WORDS = 17;
  private static final int TEXTS = 2_000;
  private static final int REQUEST = 100;
  private static final int REPETITIONS = 5;
  private static final int[] TEXTS_A_RUN = {1, 4, 8, 16};
  private static final int TOKENS_A_RUN = 512;
  private static final double COLD_TARGET_SECONDS = 2;
  private static final double RATE_TARGET = 300;

  private final String model;
  private final List<String> texts;
  private final Report report;

  EmbeddingFigures(String model, List<String> texts, Report report) {
    this.model = model;
    this.texts = texts;
    this.report = report;
  }

  /** Arguments: as the usage says. */
  public static void main(String[] args) throws IOException {
    Arguments arguments =
        Arguments.readOrExit(USAGE, () -> Arguments.parse(Set.of(MODEL), Set.of(), args));
    String model = arguments.text(MODEL, EmbedConfig.DEFAULTS.model());
    List<String> texts =
        TextLines.read(arguments.directory().resolve("base.txt.gz"), Integer.MAX_VALUE).stream()
            .filter(EmbeddingFigures::isShort)
            .limit(TEXTS)
            .toList();
    String command = COMMAND + arguments.shown();
    try (Report report = Report.open("embedding", command.strip())) {
      new EmbeddingFigures(model, texts, report).measure();
    }
  }

  private static boolean isShort(String text) {
    int words = text.strip().split("\\s+").length;
    return words >= LEAST_WORDS && words <= MOST_WORDS;
  }

  void measure() throws IOException {
    Path scratch = Files.createTempDirectory("model");
    long start = System.nanoTime();
    try (OnnxModels models = open(1, scratch)) {
      embedder(models).embedAll(texts.subList(0, 1)).toCompletableFuture().join();
      double seconds = (System.nanoTime() - start) / 1e9;
      report.line("%s, %,d texts", model, texts.size());
      report.line(
          "until the first vector, in a new JVM: %.2f s   target: at most %.0f s: %s",
          seconds, COLD_TARGET_SECONDS, seconds <= COLD_TARGET_SECONDS ? "met" : "missed");
    }
    report.line(
        "texts a second, in requests of %d, median of %d repetitions after one that does not count:",
        REQUEST, REPETITIONS);
    for (int most : TEXTS_A_RUN) {
      try (OnnxModels models = open(most, scratch)) {
        measureRate(models, most);
      }
    }
  }

  private OnnxModels open(int textsARun, Path scratch) throws IOException {
    return OnnxModels.open(
        new EmbedConfig(model, "", 1, 0, 1_000_000, 0, textsARun, TOKENS_A_RUN),
        RerankConfig.DEFAULTS,
        scratch);
  }

  private Embedder embedder(OnnxModels models) {
    return models.named(model).orElseThrow();
  }

  private void measureRate(OnnxModels models, int textsARun) {
    Embedder embedder = embedder(models);
    embedAll(embedder);
    long tokensBefore = models.figures().tokens();
    double[] rates =
        IntStream.range(0, REPETITIONS)
            .mapToDouble(_ -> texts.size() / embedAll(embedder))
            .sorted()
            .toArray();
    double tokens =
        (models.figures().tokens() - tokensBefore) / (double) (REPETITIONS * texts.size());
    double median = rates[REPETITIONS / 2];
    report.line(
        "  up to %2d a run: %,6.1f   (%s)  %.1f tokens a text   target: %.0f: %s",
        textsARun,
        median,
        String.join(" ", Arrays.stream(rates).mapToObj("%,.0f"::formatted).toList()),
        tokens,
        RATE_TARGET,
        median >= RATE_TARGET ? "met" : "missed");
  }

  /** Returns the seconds it took. */
  private double embedAll(Embedder embedder) {
    long start = System.nanoTime();
    CompletableFuture<?>[] requests =
        IntStream.range(0, texts.size() / REQUEST)
            .mapToObj(i -> texts.subList(i * REQUEST, (i + 1) * REQUEST))
            .map(request -> embedder.embedAll(request).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(requests).join();
    return (System.nanoTime() - start) / 1e9;
  }
}
