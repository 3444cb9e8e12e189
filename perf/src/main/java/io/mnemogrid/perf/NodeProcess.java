package io.mnemogrid.perf;

import io.mnemogrid.node.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, with this JVM's flags and class path, and what it says. */
final class NodeProcess implements ClusterNode {
  static final String ROOT_KEY = "root-key-of-the-measurement";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  static final Duration ASKED_AGAIN_AFTER = Duration.ofMillis(100);
  private static final Duration LEAVE_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final int FIRST_PORT = 10_000;
  private static final int END_OF_PORTS = 32_000;
  private static final Pattern LISTENING = Pattern.compile("listening on http://\\S+:([0-9]+)");

  private final List<String> jvmOptions;
  private final Map<String, String> settings;
  private final Process process;
  private final Path log;

  private NodeProcess(
      List<String> jvmOptions, Map<String, String> settings, Process process, Path log) {
    this.jvmOptions = jvmOptions;
    this.settings = settings;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts nodes on free ports of the loopback address and waits until all are one ready cluster.
   *
   * @param jvmOptions on top of {@code config/jvm.args}
   */
  static List<NodeProcess> cluster(int size, List<String> jvmOptions) {
    return cluster(size, jvmOptions, Map.of());
  }

  /** As {@link #cluster(int, List)}, with settings by their environment variables. */
  static List<NodeProcess> cluster(
      int size, List<String> jvmOptions, Map<String, String> settings) {
    return cluster(places(size, settings), jvmOptions);
  }

  /** Starts a node for each of the settings and waits until all are one ready cluster. */
  static List<NodeProcess> cluster(List<Map<String, String>> places, List<String> jvmOptions) {
    List<NodeProcess> nodes = new ArrayList<>();
    try {
      places.forEach(place -> nodes.add(start(jvmOptions, place)));
      nodes.forEach(node -> node.awaitReady(places.size()));
      return List.copyOf(nodes);
    } catch (RuntimeException e) {
      nodes.forEach(NodeProcess::close);
      throw e;
    }
  }

  /** Starts all of a cluster whose nodes have ended as they were, and waits until it is ready. */
  static List<NodeProcess> restarted(List<NodeProcess> ended) {
    List<NodeProcess> nodes = new ArrayList<>();
    try {
      ended.forEach(node -> nodes.add(start(node.jvmOptions, node.settings)));
      nodes.forEach(node -> node.awaitReady(nodes.size()));
      return List.copyOf(nodes);
    } catch (RuntimeException e) {
      nodes.forEach(NodeProcess::close);
      throw e;
    }
  }

  /**
   * Settings of nodes that find each other on free ports of the loopback address, node by node.
   *
   * @param settings further ones, of all of them
   */
  static List<Map<String, String>> places(int size, Map<String, String> settings) {
    List<Integer> ports = freePorts(size);
    // A node that is told of no others takes writes alone.
    String members =
        size == 1 ? "" : String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
    String name = "perf-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    List<Map<String, String>> places = new ArrayList<>();
    for (int port : ports) {
      Map<String, String> place = new HashMap<>(settings);
      place.put("MNEMOGRID_HTTP_PORT", "0");
      place.put("MNEMOGRID_ROOT_API_KEY", ROOT_KEY);
      place.put("MNEMOGRID_CLUSTER_NAME", name);
      place.put("MNEMOGRID_CLUSTER_PORT", Integer.toString(port));
      place.put("MNEMOGRID_CLUSTER_MEMBERS", members);
      places.add(Map.copyOf(place));
    }
    return List.copyOf(places);
  }

  /** What {@code config/jvm.args} has, and not what this benchmark was started with besides. */
  private static boolean isForNodes(String flag) {
    return flag.startsWith("-Dorg.slf4j.")
        || !flag.startsWith("-D") && !flag.startsWith("-javaagent");
  }

  /** The node as it is packaged, where that is what runs here, else its classes. */
  private static List<String> classPath() {
    Path node = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path archive = node.resolveSibling("node.jsa");
    return Files.isRegularFile(node) && Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-cp", node.toString())
        : List.of("-cp", System.getProperty("java.class.path"));
  }

  /** Starts a node and does not wait for it. */
  static NodeProcess start(List<String> jvmOptions, Map<String, String> settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(NodeProcess::isForNodes)
            .toList());
    command.addAll(jvmOptions);
    command.addAll(classPath());
    command.add(Main.class.getName());
    try {
      Path log = Files.createTempFile("mnemogrid-perf-", ".log");
      var builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(variable -> variable.startsWith("MNEMOGRID_"));
      // With it, ONNX Runtime 1.29 crashes on a command line of thousands of characters.
      builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
      // A run must not begin with what another has left.
      builder.environment().put("MNEMOGRID_DATA_DIR", "");
      builder.environment().putAll(settings);
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      NodeProcess node = new NodeProcess(jvmOptions, settings, builder.start(), log);
      Runtime.getRuntime().addShutdownHook(new Thread(node.process::destroyForcibly));
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void awaitReady(int clusterSize) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!isReady(clusterSize)) {
      if (endsWithin(ASKED_AGAIN_AFTER) || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "a node did not become ready (%s); it said:%n%s".formatted(process, said()));
      }
    }
  }

  private boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private boolean isReady(int clusterSize) {
    Matcher listening = LISTENING.matcher(said());
    if (!listening.find()) {
      return false;
    }
    ApiClient.Answer answer = new ApiClient(url(), ROOT_KEY).get("/health/ready");
    return answer.status() == 200 && answer.json().getInteger("cluster_size") == clusterSize;
  }

  @Override
  public String url() {
    Matcher listening = LISTENING.matcher(said());
    if (!listening.find()) {
      throw new IllegalStateException("the node does not listen yet");
    }
    return "http://127.0.0.1:" + listening.group(1);
  }

  long pid() {
    return process.pid();
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * None of those that outgoing connections get: a node that was ended starts on its port again.
   */
  private static List<Integer> freePorts(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(hold());
      }
      List<Integer> free = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return free;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket hold() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException taken) {
        // another is drawn
      }
    }
  }

  @Override
  public void leave() {
    process.destroy();
    if (!endsWithin(LEAVE_TIMEOUT)) {
      throw new IllegalStateException("a node does not end; it said:%n%s".formatted(said()));
    }
  }

  /** Kills the process: nothing that is measured here is worth an orderly end. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(STOP_TIMEOUT);
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
