package io.mnemogrid.perf;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Many real sentences in one namespace of a running node: how fast they are stored, as texts that
 * the node embeds, and how fast and how well they are recalled.
 */
public final class SentenceLoad {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.SentenceLoad <node url> <root key> <directory> ";
  private static final int EXIT_USAGE = 64;

  private final ApiClient node;
  private final NamespaceClient namespace;
  private final Report report;

  SentenceLoad(ApiClient node, NamespaceClient namespace, Report report) {
    this.node = node;
    this.namespace = namespace;
    this.report = report;
  }

  /**
   * Arguments: the node's URL, its root key, the directory of {@code base.txt.gz} and {@code
   * queries.txt.gz}, how many sentences (all), the process id of the node if its memory is to be
   * shown (0: not), after how many minutes to go on with what is stored (never).
   */
  public static void main(String[] args) {
    if (args.length < 3) {
      System.err.println("arguments: <node url> <root key> <directory> [count] [pid] [minutes]");
      System.exit(EXIT_USAGE);
    }
    int most = args.length > 3 ? Integer.parseInt(args[3]) : Integer.MAX_VALUE;
    long pid = args.length > 4 ? Long.parseLong(args[4]) : 0;
    Duration limit =
        args.length > 5 ? Duration.ofMinutes(Long.parseLong(args[5])) : Duration.ofDays(1);
    Path directory = Path.of(args[2]);
    List<String> sentences = TextLines.read(directory.resolve("base.txt.gz"), most);
    List<String> queries = TextLines.read(directory.resolve("queries.txt.gz"), most);
    var node = new ApiClient(args[0], args[1]);
    try (Report report =
        Report.open("sentence-load", COMMAND + sentences.size() + " <pid> " + limit.toMinutes())) {
      var namespace = NamespaceClient.create(node, "sentences-" + System.currentTimeMillis());
      var load = new SentenceLoad(node, namespace, report);
      load.printMemory("before", pid);
      load.store(sentences, limit);
      ProcessorUse.awaitQuiet(pid, report);
      load.printMemory("after the stores", pid);
      new RecallFigures(namespace, report).measure(queries);
      load.printMemory("after the recalls", pid);
    }
  }

  /** Stores all that can be stored in this time. */
  void store(List<String> sentences, Duration limit) {
    new BulkStore(node, namespace, report)
        .store(sentences.size(), i -> new JsonObject().put("content", sentences.get(i)), limit);
  }

  private void printMemory(String when, long pid) {
    if (pid == 0) {
      return;
    }
    ProcessMemory memory = ProcessMemory.of(pid);
    report.line(
        "memory of the node %s: heap, live %,.1f MB; native, small blocks and buffers %,.1f MB; resident"
            + " %,.1f MB",
        when, memory.heapBytes() / 1e6, memory.otherBytes() / 1e6, memory.residentBytes() / 1e6);
  }
}
