package io.mnemogrid.perf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What it costs to keep what is stored on disk: rate and latency of single stores by what they are
 * to survive, and how long a cluster takes to come back when all its nodes were killed.
 *
 * <p>Every memory comes with an embedding of its own, so that embedding does not hide the rest.
 */
public final class DurabilityFigures {
  private static final String USAGE =
      """
      DurabilityFigures <empty directory on the disk to be measured> [options]
        --nodes <n>                 in one cluster (3)
        --policies <p,p>            memory: nothing on disk; os, group, commit: data.fsync (all)
        --clients <n,n>             that store at the same time (1,16,64)
        --stores <n>                of each number of clients, after half as many unmeasured (20000)
        --memories <n>              in the cluster that is killed (100000)
        --restarts <n>              of it, one after the other (3)\
      """;
  private static final Set<String> OPTIONS =
      Set.of("--nodes", "--policies", "--clients", "--stores", "--memories", "--restarts");
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.DurabilityFigures <empty directory> ";
  private static final String IN_MEMORY = "memory";
  private static final String NAMESPACE = "kept";
  private static final int DIMENSION = 384;
  private static final String RESTARTED_POLICY = "group";
  private static final String RESTARTED_FOLDER = "restart";
  private static final long SEED = 42;

  private final Arguments arguments;
  private final Report report;

  DurabilityFigures(Arguments arguments, Report report) {
    this.arguments = arguments;
    this.report = report;
  }

  /** Arguments: {@link #USAGE}. */
  public static void main(String[] args) {
    Arguments arguments = Arguments.readOrExit(USAGE, () -> arguments(args));
    try (Report report = Report.open("durability", (COMMAND + arguments.shown()).strip())) {
      new DurabilityFigures(arguments, report).run();
    }
  }

  static Arguments arguments(String... args) {
    return Arguments.parse(OPTIONS, Set.of(), args);
  }

  /**
   * @return memories that were there after the last restart
   */
  int run() {
    int size = arguments.count("--nodes", 3);
    int stores = arguments.count("--stores", 20_000);
    report.line("%d nodes on this machine; stores of one memory each, milliseconds", size);
    for (String policy : arguments.texts("--policies", "memory,os,group,commit")) {
      List<NodeProcess> cluster = start(size, policy, policy);
      try {
        List<ApiClient> nodes = clients(cluster);
        NamespaceClient.create(nodes.getFirst(), NAMESPACE);
        for (int clients : arguments.counts("--clients", "1,16,64")) {
          timeStores(nodes, clients, stores / 2);
          timeStores(nodes, clients, stores).print(policy, report);
        }
      } finally {
        cluster.forEach(NodeProcess::close);
      }
    }
    return restart(size, arguments.count("--memories", 100_000), arguments.count("--restarts", 3));
  }

  /** Nodes that keep their files in a folder of this name. */
  private List<NodeProcess> start(int size, String policy, String folder) {
    Map<String, String> settings =
        policy.equals(IN_MEMORY)
            ? Map.of()
            : Map.of(
                "MNEMOGRID_DATA_DIR", directory(folder).toString(), "MNEMOGRID_DATA_FSYNC", policy);
    return NodeProcess.cluster(size, List.of("-Xmx1500m"), settings);
  }

  private Path directory(String folder) {
    return arguments.directory().resolve(folder).toAbsolutePath();
  }

  private static List<ApiClient> clients(List<NodeProcess> cluster) {
    return cluster.stream().map(node -> new ApiClient(node.url(), NodeProcess.ROOT_KEY)).toList();
  }

  private static Timing timeStores(List<ApiClient> nodes, int clients, int stores) {
    List<String> bodies = new ArrayList<>(stores);
    for (int i = 0; i < stores; i++) {
      bodies.add(memory(i).put("namespace", NAMESPACE).encode());
    }
    return Timing.of(
        clients,
        stores,
        i -> nodes.get(i % nodes.size()).post("/v1/memory/store", bodies.get(i)),
        (_, _) -> {});
  }

  /** The time that processes take to start is in it, and is told by a cluster without memories. */
  private int restart(int size, int memories, int restarts) {
    report.line("%nall nodes killed at once and started again, until all are ready");
    List<NodeProcess> cluster = start(size, RESTARTED_POLICY, RESTARTED_FOLDER);
    try {
      NamespaceClient.create(clients(cluster).getFirst(), NAMESPACE);
      cluster = killedAndStarted(cluster);
      ApiClient node = clients(cluster).getFirst();
      new BulkStore(node, NamespaceClient.of(node, NAMESPACE), report)
          .store(memories, DurabilityFigures::memory, Duration.ofDays(1));
      for (int i = 0; i < restarts; i++) {
        cluster = killedAndStarted(cluster);
      }
      return count(cluster);
    } finally {
      cluster.forEach(NodeProcess::close);
    }
  }

  private List<NodeProcess> killedAndStarted(List<NodeProcess> cluster) {
    cluster.forEach(NodeProcess::close);
    long megabytes = bytes(directory(RESTARTED_FOLDER)) >> 20;
    long began = System.nanoTime();
    List<NodeProcess> again = NodeProcess.restarted(cluster);
    double seconds = (System.nanoTime() - began) / 1e9;
    report.line(
        "  %5.1f s with %,d memories, of %,d MB on the disks of all",
        seconds, count(again), megabytes);
    return again;
  }

  private static int count(List<NodeProcess> cluster) {
    return clients(cluster)
        .getFirst()
        .get("/v1/namespaces/" + NAMESPACE)
        .json()
        .getInteger("vector_count");
  }

  private static JsonObject memory(int number) {
    var random = new SplittableRandom(SEED + number);
    JsonArray embedding = new JsonArray();
    random.doubles(DIMENSION, -1, 1).forEach(x -> embedding.add((float) x));
    return new JsonObject().put("content", Findings.any(random)).put("embedding", embedding);
  }

  private static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(DurabilityFigures::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
