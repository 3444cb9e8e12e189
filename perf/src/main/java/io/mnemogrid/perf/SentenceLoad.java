package io.mnemogrid.perf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many real sentences in one namespace of a running node: how fast they are stored, as texts that
 * the node embeds, and how fast and how well they are recalled.
 */
public final class SentenceLoad {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.SentenceLoad <node url> <root key> <directory> ";
  private static final int EXIT_USAGE = 64;
  private static final int STORE_CONNECTIONS = 2;
  private static final int BATCH = 100;
  private static final Duration PROGRESS_EVERY = Duration.ofMinutes(1);
  private static final Duration QUIET_WINDOW = Duration.ofSeconds(5);
  private static final int QUIET_WINDOWS_MOST = 240;
  private static final double QUIET_CORES = 0.1;

  private final ApiClient node;
  private final String namespace;
  private final Report report;

  SentenceLoad(ApiClient node, String namespace, Report report) {
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
      String namespace = "sentences-" + System.currentTimeMillis();
      var load = new SentenceLoad(node, namespace, report);
      load.printMemory("before", pid);
      load.store(sentences, limit);
      load.awaitQuiet(pid);
      load.printMemory("after the stores", pid);
      new RecallFigures(node, namespace, report).measure(queries);
      load.printMemory("after the recalls", pid);
    }
  }

  /**
   * Stores all that can be stored in this time, in batches over two connections, and says each
   * minute how far it is.
   */
  void store(List<String> sentences, Duration limit) {
    node.post("/v1/namespaces", new JsonObject().put("name", namespace).encode());
    var stored = new AtomicInteger();
    double seconds;
    try (ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor()) {
      long start = System.nanoTime();
      long period = PROGRESS_EVERY.toSeconds();
      ScheduledFuture<?> lines =
          progress.scheduleAtFixedRate(
              () -> printProgress(stored.get(), start), period, period, TimeUnit.SECONDS);
      seconds =
          Crew.seconds(
              STORE_CONNECTIONS,
              Math.ceilDiv(sentences.size(), BATCH),
              i -> {
                if (System.nanoTime() - start > limit.toNanos()) {
                  return;
                }
                int to = Math.min((i + 1) * BATCH, sentences.size());
                List<String> batch = sentences.subList(i * BATCH, to);
                node.post("/v1/memories/store/batch", batchOf(batch));
                stored.addAndGet(batch.size());
              });
      lines.cancel(false);
    }
    report.line(
        "stored %,d of %,d sentences in %,.1f s: %,.1f a second, in batches of %d over %d"
            + " connections; put off %,d times by a busy node",
        stored.get(),
        sentences.size(),
        seconds,
        stored.get() / seconds,
        BATCH,
        STORE_CONNECTIONS,
        node.putOff());
  }

  private void printProgress(int stored, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    report.line(
        "  after %,5.0f s: %,7d stored, %,.1f a second so far", seconds, stored, stored / seconds);
  }

  private String batchOf(List<String> sentences) {
    JsonArray memories = new JsonArray();
    sentences.forEach(sentence -> memories.add(new JsonObject().put("content", sentence)));
    return new JsonObject().put("namespace", namespace).put("memories", memories).encode();
  }

  /** Waits until the node's indexer has nothing left to do, as its use of the processors shows. */
  private void awaitQuiet(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      return;
    }
    long start = System.nanoTime();
    for (int i = 0; i < QUIET_WINDOWS_MOST; i++) {
      Duration before = process.info().totalCpuDuration().orElse(Duration.ZERO);
      Pause.of(QUIET_WINDOW);
      Duration after = process.info().totalCpuDuration().orElse(Duration.ZERO);
      if (after.minus(before).toNanos() < QUIET_CORES * QUIET_WINDOW.toNanos()) {
        break;
      }
    }
    report.line("the indexer was done %,.0f s later", (System.nanoTime() - start) / 1e9);
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
