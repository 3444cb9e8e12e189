package io.mnemogrid.perf.ann;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program around hnswlib, compiled for this machine.
 *
 * @param binary null if it could not be compiled
 * @param account the compiler and its options, or why there is no program
 */
record HnswlibProgram(@Nullable Path binary, String account) {
  private static final String SOURCE = "src/main/cpp/hnswlib_server.cpp";
  private static final List<String> OPTIONS =
      List.of("-O3", "-march=native", "-std=c++17", "-pthread");

  /** Compiles it into the module's {@code target}. */
  static HnswlibProgram compile() {
    Path fromRoot = Path.of("perf");
    Path module = Files.exists(fromRoot.resolve(SOURCE)) ? fromRoot : Path.of("");
    try {
      Path target = Files.createDirectories(module.resolve("target").toAbsolutePath());
      Path binary = target.resolve("hnswlib-server");
      List<String> arguments = new ArrayList<>(OPTIONS);
      arguments.addAll(List.of("-o", binary.toString(), module.resolve(SOURCE).toString()));
      Outcome compiled = compiler(arguments);
      if (!compiled.succeeded()) {
        return new HnswlibProgram(null, "g++ did not compile it: " + compiled.firstError());
      }
      String release = compiler(List.of("--version")).firstLine();
      return new HnswlibProgram(binary, release + ", " + String.join(" ", OPTIONS));
    } catch (IOException e) {
      return new HnswlibProgram(null, "g++ could not be run");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Outcome compiler(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("g++"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor() == 0, output);
  }

  private record Outcome(boolean succeeded, String output) {
    String firstError() {
      return output.lines().filter(line -> line.contains("error:")).findFirst().orElse(firstLine());
    }

    String firstLine() {
      return output.lines().findFirst().orElse("");
    }
  }
}
