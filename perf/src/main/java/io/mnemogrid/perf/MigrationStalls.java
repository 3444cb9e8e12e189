package io.mnemogrid.perf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How long writes and reads wait while a third node joins two and leaves again, and the parts of
 * the data move.
 *
 * <p>One namespace has a shard in each part. Every memory comes with an embedding of its own, kept
 * as floats: 384 of them and the text are about 2.2 KB.
 */
public final class MigrationStalls {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.MigrationStalls ";
  private static final int PARTITIONS = 16;
  private static final int MEGABYTES_EACH = 8;
  private static final int SECONDS = 20;
  private static final int NODES = 3;
  private static final int DIMENSION = 384;
  private static final int TEXT_BYTES = 650;
  private static final int MEMORY_BYTES = DIMENSION * Float.BYTES + TEXT_BYTES;
  private static final Duration FILL_LIMIT = Duration.ofMinutes(10);
  private static final String NAMESPACE = "stalls";
  private static final long SEED = 42;

  private final Report report;
  private final int memories;
  private final Function<Map<String, String>, ClusterNode> start;

  MigrationStalls(Report report, int memories, Function<Map<String, String>, ClusterNode> start) {
    this.report = report;
    this.memories = memories;
    this.start = start;
  }

  /**
   * Arguments: megabytes of each part (8), parts (16), seconds of each phase (20), and {@code
   * inside} for nodes in this JVM, not in processes of their own.
   */
  public static void main(String[] args) {
    int megabytes = argument(args, 0, MEGABYTES_EACH);
    int partitions = argument(args, 1, PARTITIONS);
    int seconds = argument(args, 2, SECONDS);
    boolean inside = args.length > 3 && args[3].equals("inside");
    String command =
        COMMAND + megabytes + " " + partitions + " " + seconds + (inside ? " inside" : "");
    try (Report report = Report.open("migration-stalls", command)) {
      int memories = (int) ((long) partitions * megabytes * 1_000_000 / MEMORY_BYTES);
      report.line(inside ? "nodes in this JVM" : "a process each node");
      new MigrationStalls(report, memories, inside ? NodeInside::start : MigrationStalls::process)
          .measure(partitions, Duration.ofSeconds(seconds));
    }
  }

  static ClusterNode process(Map<String, String> settings) {
    return NodeProcess.start(List.of("-Xmx1g"), settings);
  }

  private static int argument(String[] args, int index, int fallback) {
    return args.length > index ? Integer.parseInt(args[index]) : fallback;
  }

  /**
   * Starts two nodes, fills them, and has a third come and go.
   *
   * @param phase how long the load goes on before the third comes, and after it came and went
   */
  void measure(int partitions, Duration phase) {
    List<Map<String, String>> places =
        NodeProcess.places(
            NODES,
            Map.of(
                "MNEMOGRID_CLUSTER_PARTITION_COUNT",
                Integer.toString(partitions),
                "MNEMOGRID_INDEX_ROWS",
                "float32"));
    List<ClusterNode> nodes = new ArrayList<>();
    try {
      places.subList(0, NODES - 1).forEach(place -> nodes.add(start.apply(place)));
      nodes.forEach(node -> node.awaitReady(NODES - 1));
      List<ApiClient> clients =
          nodes.stream().map(node -> new ApiClient(node.url(), NodeProcess.ROOT_KEY)).toList();
      fill(clients.getFirst(), partitions);

      var load = new StallLoad(clients, NAMESPACE, memories, this::memory);
      load.during("two nodes, to warm up", report, () -> Pause.of(phase));
      load.during("two nodes, before", report, () -> Pause.of(phase));
      load.during(
          "a third joins",
          report,
          () -> {
            long startNanos = System.nanoTime();
            ClusterNode third = start.apply(places.getLast());
            nodes.add(third);
            third.awaitReady(NODES);
            report.line("the third is ready %.1f s after it was started", seconds(startNanos));
            Pause.of(phase);
          });
      load.during(
          "it leaves again",
          report,
          () -> {
            nodes.getLast().leave();
            Pause.of(phase);
          });
    } finally {
      nodes.forEach(ClusterNode::close);
    }
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  private void fill(ApiClient node, int partitions) {
    JsonObject namespace =
        new JsonObject()
            .put("name", NAMESPACE)
            .put("model", "own-vectors")
            .put("dimension", DIMENSION)
            .put("shards", partitions);
    node.post("/v1/namespaces", namespace.encode());
    report.line(
        "%,d memories in %d parts, %.1f MB of text and vectors each, and one backup of each",
        memories, partitions, (double) memories * MEMORY_BYTES / partitions / 1e6);
    new BulkStore(node, NamespaceClient.existing(node, NAMESPACE), report)
        .store(memories, this::memory, FILL_LIMIT);
  }

  /** The memory of a number: the same each time. */
  JsonObject memory(int number) {
    var random = new SplittableRandom(SEED + number);
    StringBuilder text = new StringBuilder();
    while (text.length() < TEXT_BYTES) {
      text.append(Findings.any(random)).append(". ");
    }
    List<Float> embedding =
        IntStream.range(0, DIMENSION).mapToObj(_ -> (float) random.nextDouble(-1, 1)).toList();
    return new JsonObject()
        .put("id", "memory-" + number)
        .put("content", text.substring(0, TEXT_BYTES))
        .put("embedding", new JsonArray(embedding));
  }
}
