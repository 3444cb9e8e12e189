package io.mnemogrid.perf;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many memories into one namespace, in batches over several connections, in no certain order. */
public final class BulkStore {
  /** Memories in one request. */
  public static final int BATCH = 100;

  private static final int CONNECTIONS = 2;
  private static final Duration PROGRESS_EVERY = Duration.ofMinutes(1);

  private final ApiClient node;
  private final NamespaceClient namespace;
  private final Report report;

  public BulkStore(ApiClient node, NamespaceClient namespace, Report report) {
    this.node = node;
    this.namespace = namespace;
    this.report = report;
  }

  /**
   * Stores all that can be stored in this time, and says each minute how far it is.
   *
   * @param memory the memory of a number from 0 on; called once each, by any connection's thread
   */
  public void store(int memories, IntFunction<JsonObject> memory, Duration limit) {
    var stored = new AtomicInteger();
    double seconds;
    try (ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor()) {
      long start = System.nanoTime();
      long period = PROGRESS_EVERY.toSeconds();
      ScheduledFuture<?> lines =
          progress.scheduleAtFixedRate(
              () -> printProgress(stored.get(), start), period, period, TimeUnit.SECONDS);
      try {
        seconds =
            Crew.seconds(
                CONNECTIONS,
                Math.ceilDiv(memories, BATCH),
                i -> {
                  if (System.nanoTime() - start > limit.toNanos()) {
                    return;
                  }
                  int to = Math.min((i + 1) * BATCH, memories);
                  List<JsonObject> batch = IntStream.range(i * BATCH, to).mapToObj(memory).toList();
                  stored.addAndGet(namespace.store(batch).size());
                });
      } finally {
        lines.cancel(false);
      }
    }
    report.line(
        "stored %,d of %,d memories in %,.1f s: %,.1f a second, in batches of %d over %d"
            + " connections; put off %,d times by a busy node",
        stored.get(), memories, seconds, stored.get() / seconds, BATCH, CONNECTIONS, node.putOff());
  }

  private void printProgress(int stored, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    report.line(
        "  after %,5.0f s: %,7d stored, %,.1f a second so far", seconds, stored, stored / seconds);
  }
}
