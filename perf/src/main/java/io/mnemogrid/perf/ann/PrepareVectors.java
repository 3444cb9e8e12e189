package io.mnemogrid.perf.ann;

import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.config.RerankConfig;
import io.mnemogrid.node.embed.OnnxModels;
import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.perf.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Embeds texts with the node's own model, one text a run as a node does it, and keeps the vectors
 * as {@link VectorFile}s of unit length, in the order of the texts.
 *
 * <p>What an earlier run has written is kept and continued, so it may be interrupted.
 */
public final class PrepareVectors {
  private static final int EXIT_USAGE = 64;
  private static final int BATCH = 100;
  private static final int BATCHES_IN_FLIGHT = 8;
  private static final int PROGRESS_EVERY = 2_000;
  private static final EmbedConfig MODEL =
      new EmbedConfig(EmbedConfig.DEFAULTS.model(), "", 1, 0, 1_000_000, 0, 1, 512);

  private final Embedder embedder;

  private PrepareVectors(Embedder embedder) {
    this.embedder = embedder;
  }

  /**
   * Arguments: the directory of {@code base.txt.gz} and {@code queries.txt.gz}, and the one in
   * which {@code base.f32} and {@code queries.f32} are to be.
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("arguments: <texts directory> <output directory>");
      System.exit(EXIT_USAGE);
    }
    Path texts = Path.of(args[0]);
    Path output = Files.createDirectories(Path.of(args[1]));
    Path scratch = Files.createTempDirectory("model");
    try (OnnxModels models = OnnxModels.open(MODEL, RerankConfig.DEFAULTS, scratch)) {
      var prepare = new PrepareVectors(models.byDefault());
      prepare.embed(texts.resolve("queries.txt.gz"), output.resolve("queries.f32"));
      prepare.embed(texts.resolve("base.txt.gz"), output.resolve("base.f32"));
    }
  }

  private void embed(Path gzip, Path output) {
    List<String> texts = TextLines.read(gzip, Integer.MAX_VALUE);
    long start = System.nanoTime();
    try (var file = VectorFile.append(output, embedder.dimension())) {
      int before = file.count();
      int next = before;
      Queue<CompletableFuture<List<float[]>>> running = new ArrayDeque<>();
      while (file.count() < texts.size()) {
        while (next < texts.size() && running.size() < BATCHES_IN_FLIGHT) {
          int to = Math.min(next + BATCH, texts.size());
          running.add(embedder.embedAll(texts.subList(next, to)).toCompletableFuture());
          next = to;
        }
        file.add(running.remove().join().toArray(float[][]::new));
        if (file.count() % PROGRESS_EVERY == 0) {
          double seconds = (System.nanoTime() - start) / 1e9;
          System.out.printf(
              "%s: %,d of %,d, %,.0f a second%n",
              output.getFileName(), file.count(), texts.size(), (file.count() - before) / seconds);
        }
      }
      System.out.printf("%s: %,d vectors%n", output.getFileName(), file.count());
    }
  }
}
