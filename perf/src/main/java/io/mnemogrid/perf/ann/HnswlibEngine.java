package io.mnemogrid.perf.ann;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * hnswlib in a process of its own, which is idle while it is not asked.
 *
 * <p>The processor time of its build is that of the threads that add vectors. Its bytes are by how
 * much the process grew over the build, the vectors it had read from the file not among them.
 */
final class HnswlibEngine implements AnnEngine {
  private final String account;
  private final int count;
  private final Path folder;
  private final Process process;
  private final BufferedReader answers;
  private double bytesPerVector;

  /**
   * Starts the program {@code binary}, compiled as {@code account} says, and has it read the set.
   */
  HnswlibEngine(Path binary, String account, VectorSet set) {
    this.account = account;
    count = set.count();
    try {
      folder = Files.createTempDirectory("hnswlib");
      Path base = folder.resolve("base.f32");
      Path queries = folder.resolve("queries.f32");
      Path truth = folder.resolve("truth.knn");
      VectorFile.write(base, set.base());
      VectorFile.write(queries, set.queries());
      set.truth().write(truth);
      process =
          new ProcessBuilder(
                  binary.toString(), base.toString(), queries.toString(), truth.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      answers = process.inputReader(StandardCharsets.UTF_8);
      expect("ready");
      for (Path file : new Path[] {base, queries, truth, folder}) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "hnswlib";
  }

  @Override
  public String description() {
    return "hnswlib, full vectors, in a process of its own; " + account;
  }

  @Override
  public int buildThreadsMost() {
    return Integer.MAX_VALUE;
  }

  @Override
  public BuildFigures build(GraphParameters parameters, int threads) {
    double[] built =
        ask(
            "built",
            "build %d %d %d".formatted(parameters.m(), parameters.efConstruction(), threads));
    bytesPerVector = built[2] / count;
    return new BuildFigures(count, built[0], built[1]);
  }

  @Override
  public double bytesPerVector() {
    return bytesPerVector;
  }

  @Override
  public double recall(int ef) {
    return ask("recall", "recall " + ef)[0];
  }

  @Override
  public Rate measure(int ef, int threads, Duration atLeast) {
    double[] rate = ask("searched", "search %d %d %d".formatted(ef, threads, atLeast.toMillis()));
    return new Rate((long) rate[0], rate[1], rate[2]);
  }

  private double[] ask(String answer, String command) {
    try {
      send(command);
      return expect(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(String command) throws IOException {
    var commands = process.outputWriter(StandardCharsets.UTF_8);
    commands.write(command);
    commands.newLine();
    commands.flush();
  }

  private double[] expect(String answer) throws IOException {
    String line = answers.readLine();
    if (line == null || !line.startsWith(answer)) {
      throw new IOException("hnswlib's process said: " + line);
    }
    String[] words = line.split(" ", -1);
    double[] figures = new double[words.length - 1];
    for (int i = 0; i < figures.length; i++) {
      figures[i] = Double.parseDouble(words[i + 1]);
    }
    return figures;
  }

  @Override
  public void close() {
    try {
      send("quit");
      process.waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
