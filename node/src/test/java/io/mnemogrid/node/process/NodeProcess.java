package io.mnemogrid.node.process;

import io.mnemogrid.node.testing.FreePorts;
import io.mnemogrid.node.testing.PatientWaits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** One process of the packaged node, and all that it says. */
final class NodeProcess {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path JAR = ROOT.resolve("node/target/node.jar");
  static final String ROOT_KEY = "root-key-of-the-tests";

  /** The one to be opened at each start where clients bring their vectors. */
  static final String SMALLEST_MODEL = "all-minilm-l6-v2-q";

  private static final Path LOGS = Path.of("target", "node-logs");
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+:([0-9]+))");

  private final String name;
  private final Process process;
  private final Path log;

  private NodeProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Without the second compiler, which takes most of the processor time of a process that lives for
   * seconds or minutes.
   */
  static List<String> quickCommand() {
    List<String> command = new ArrayList<>(command());
    command.add(1, "-XX:TieredStopAtLevel=1");
    return command;
  }

  /** The command that node/serve ends in, with a heap for a small machine. */
  static List<String> command() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "@" + ROOT.resolve("config/jvm.args"),
        "-XX:SharedArchiveFile=" + ROOT.resolve("node/target/node.jsa"),
        "-Xmx512m",
        "-cp",
        JAR.toString(),
        "io.mnemogrid.node.app.Main");
  }

  /**
   * Starts a node with these settings on top of: any free port for clients, the tests' root key.
   */
  static NodeProcess start(String name, List<String> command, Map<String, String> settings) {
    try {
      Files.createDirectories(LOGS);
      Path log = LOGS.resolve(name + "-" + System.nanoTime() + ".log");
      var builder = new ProcessBuilder(new ArrayList<>(command));
      builder.environment().keySet().removeIf(variable -> variable.startsWith("MNEMOGRID_"));
      builder.environment().put("MNEMOGRID_HTTP_PORT", "0");
      builder.environment().put("MNEMOGRID_CLUSTER_NAME", "test-" + System.nanoTime());
      builder.environment().put("MNEMOGRID_ROOT_API_KEY", ROOT_KEY);
      builder.environment().put("MNEMOGRID_CLUSTER_WARM_UP_LIMIT", "0s");
      builder.environment().put("MNEMOGRID_DATA_DIR", "target/node-data/" + UUID.randomUUID());
      builder.environment().putAll(settings);
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new NodeProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that nothing listens at just now. */
  static int freePort() {
    return FreePorts.draw(1).getFirst();
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The port for clients, once the node has said it, else 0. */
  int httpPort() {
    List<String> said = said(2);
    return said.isEmpty() ? 0 : Integer.parseInt(said.getLast());
  }

  /** How often the node has begun to serve: more than once if it has begun anew. */
  int begins() {
    return said(2).size();
  }

  private List<String> said(int group) {
    return LISTENING.matcher(log()).results().map(said -> said.group(group)).toList();
  }

  /** Where clients reach the node, once it has said so. */
  URI address() {
    List<String> said = said(1);
    if (said.isEmpty()) {
      throw new IllegalStateException(name + " does not listen yet");
    }
    return URI.create(said.getLast());
  }

  /** SIGTERM. */
  void stop() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** SIGSTOP: it stands still, with its connections open. */
  void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    Shell.run("kill", "-" + signal, Long.toString(process.pid()));
  }

  /** Waits for the end of the process; answers its exit code. */
  int awaitExit() {
    try {
      if (!process.waitFor(PatientWaits.HANG)) {
        throw new AssertionError(name + " does not end; it said:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All that the node wrote so far, on both streams. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
