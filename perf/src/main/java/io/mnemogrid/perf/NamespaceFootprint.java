package io.mnemogrid.perf;

import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What many small namespaces cost: heap and native memory of a whole cluster before and after, with
 * all backups, and by class.
 *
 * <p>Every memory comes with an embedding of its own, random and of unit length: which vectors they
 * are does not change what they take, and embedding them would only take time.
 */
public final class NamespaceFootprint {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.NamespaceFootprint ";
  private static final int NAMESPACES = 10_000;
  private static final int NODES = 3;
  private static final int MEMORIES_EACH = 5;
  private static final int DIMENSION = 384;
  private static final int CONNECTIONS_EACH = 2;
  private static final int CLASSES_SHOWN = 15;
  private static final int WARM_UP_LEAST = 100;
  private static final int WARM_UP_SHARE = 20;
  private static final long TARGET_BYTES = 10_000;
  private static final int COPIES = 2;
  private static final int SAMPLE = 1_000;
  private static final long SEED = 42;

  private final List<ApiClient> nodes;

  NamespaceFootprint(List<ApiClient> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Arguments: namespaces (10,000 by default), nodes (3). Ends with 1 if a namespace costs more
   * than the target.
   */
  public static void main(String[] args) {
    int namespaces = args.length > 0 ? Integer.parseInt(args[0]) : NAMESPACES;
    int size = args.length > 1 ? Integer.parseInt(args[1]) : NODES;
    long bytesEach;
    try (Report report = Report.open("namespace-footprint", COMMAND + namespaces + " " + size)) {
      bytesEach = measure(namespaces, size, report);
    }
    System.exit(bytesEach < TARGET_BYTES ? 0 : 1);
  }

  private static long measure(int namespaces, int size, Report report) {
    List<NodeProcess> cluster =
        NodeProcess.cluster(size, List.of("-Xmx1g", ProcessMemory.TRACKING_FLAG));
    try {
      var footprint =
          new NamespaceFootprint(
              cluster.stream()
                  .map(node -> new ApiClient(node.url(), NodeProcess.ROOT_KEY))
                  .toList());
      int warmUp = Math.max(WARM_UP_LEAST, namespaces / WARM_UP_SHARE);
      footprint.fill("warm-up", warmUp);
      ProcessMemory before = ProcessMemory.of(cluster);
      Rates rates = footprint.fill("agent", namespaces);
      ProcessMemory grown = ProcessMemory.of(cluster).minus(before);
      report.line(
          "%,d nodes, %,d namespaces of %d memories, %d dimensions, after a warm-up of %,d",
          size, namespaces, MEMORIES_EACH, DIMENSION, warmUp);
      rates.print(namespaces, report);
      print(grown, namespaces, Math.min(size, COPIES), report);
      return grown.totalBytes() / namespaces;
    } finally {
      cluster.forEach(NodeProcess::close);
    }
  }

  /** Seconds of the two steps. */
  record Rates(double createSeconds, double storeSeconds) {
    void print(int namespaces, Report report) {
      report.line("created %,.0f namespaces/s", namespaces / createSeconds);
      report.line(
          "stored  %,.0f memories/s in batches of %d",
          namespaces * (double) MEMORIES_EACH / storeSeconds, MEMORIES_EACH);
    }
  }

  /** Makes namespaces of this prefix and stores five memories in each, over all nodes. */
  Rates fill(String prefix, int namespaces) {
    double create =
        Crew.seconds(
            nodes.size() * CONNECTIONS_EACH,
            namespaces,
            i ->
                node(i)
                    .post(
                        "/v1/namespaces", new JsonObject().put("name", name(prefix, i)).encode()));
    double store =
        Crew.seconds(
            nodes.size() * CONNECTIONS_EACH,
            namespaces,
            i -> node(i).post("/v1/memories/store/batch", batch(prefix, i)));
    return new Rates(create, store);
  }

  static String name(String prefix, int i) {
    return "%s-%05d".formatted(prefix, i);
  }

  private ApiClient node(int i) {
    return nodes.get(i % nodes.size());
  }

  private static String batch(String prefix, int i) {
    var random = new SplittableRandom(SEED + i);
    JsonArray memories = new JsonArray();
    for (int j = 0; j < MEMORIES_EACH; j++) {
      memories.add(
          new JsonObject()
              .put("content", Findings.any(random))
              .put("embedding", unitVector(random)));
    }
    return new JsonObject().put("namespace", name(prefix, i)).put("memories", memories).encode();
  }

  private static JsonArray unitVector(SplittableRandom random) {
    double[] vector = random.doubles(DIMENSION, -1, 1).toArray();
    double square = 0;
    for (double x : vector) {
      square += x * x;
    }
    double scale = 1 / Math.sqrt(square);
    JsonArray json = new JsonArray();
    for (double x : vector) {
      json.add((float) (x * scale));
    }
    return json;
  }

  /** Bytes outside the heap of one copy of a namespace's vectors, among many such. */
  private static long vectorBytes() {
    var memory = new VectorMemory(Long.MAX_VALUE);
    var random = new SplittableRandom(SEED);
    float[] vector = RandomVectors.draw(random, DIMENSION);
    List<VectorIndex> indexes = new ArrayList<>();
    for (int i = 0; i < SAMPLE; i++) {
      var index = new VectorIndex(IndexOptions.of(DIMENSION), memory);
      indexes.add(index);
      for (int j = 0; j < MEMORIES_EACH; j++) {
        index.insert(vector);
      }
    }
    long bytes = memory.reservedBytes() / SAMPLE;
    indexes.forEach(VectorIndex::close);
    memory.close();
    return bytes;
  }

  static void print(ProcessMemory grown, int namespaces, int copies, Report report) {
    report.line("bytes a namespace, over all nodes, with backups:");
    report.line("  heap, live          %,8d", grown.heapBytes() / namespaces);
    report.line(
        "  native              %,8d   (vectors %,d by the index's own account)",
        grown.otherBytes() / namespaces, vectorBytes() * copies);
    report.line(
        "  together            %,8d   (target: under %,d)",
        grown.totalBytes() / namespaces, TARGET_BYTES);
    report.line(
        "  resident, for comparison %,d: has what the JVM keeps for later",
        grown.residentBytes() / namespaces);
    report.line("heap by class, bytes a namespace:");
    grown.heapBytesByClass().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(CLASSES_SHOWN)
        .forEach(entry ->
            report.line("  %,8.0f  %s", entry.getValue() / (double) namespaces, entry.getKey()));
  }
}
