package io.mnemogrid.perf;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Clients that write, look up and recall, with short rests, while something happens to the nodes.
 */
final class StallLoad {
  private static final double WRITE_TARGET_MS = 500;
  private static final double READ_TARGET_MS = 150;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY = 429;
  private static final long SEED = 43;

  /** Of each kind, so many of the slowest are told with when they were sent. */
  private static final int SLOWEST = 4;

  /** So that waiting for the data, and not for a processor, is what is measured. */
  private static final Duration REST = Duration.ofMillis(5);

  private final List<ApiClient> nodes;
  private final String namespace;
  private final int memories;
  private final IntFunction<JsonObject> memory;
  private final LongAdder readAgain = new LongAdder();

  /**
   * @param nodes that are there all the time; each has a client of each kind
   * @param memories that are stored already
   * @param memory the memory of a number
   */
  StallLoad(List<ApiClient> nodes, String namespace, int memories, IntFunction<JsonObject> memory) {
    this.nodes = List.copyOf(nodes);
    this.namespace = namespace;
    this.memories = memories;
    this.memory = memory;
  }

  /** Makes a request about a memory of this number ready to be sent to a node. */
  private interface Request {
    Runnable prepare(ApiClient node, int number);
  }

  /** When a request was sent, and how long it took. */
  private record Took(long sentNanos, long nanos) {}

  /** What clients do of one kind, and how each request went. */
  private record Kind(
      String name, double targetMillis, Request request, ConcurrentLinkedQueue<Took> took) {
    Kind(String name, double targetMillis, Request request) {
      this(name, targetMillis, request, new ConcurrentLinkedQueue<>());
    }
  }

  /** Does something under load, and reports how long requests took meanwhile. */
  void during(String what, Report report, Runnable something) {
    List<Kind> kinds =
        List.of(
            new Kind("stores", WRITE_TARGET_MS, this::store),
            new Kind("look-ups", READ_TARGET_MS, this::lookUp),
            new Kind("recalls", READ_TARGET_MS, this::recall));
    AtomicBoolean over = new AtomicBoolean();
    long startNanos = System.nanoTime();
    long putOffBefore = putOff();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> clients =
          kinds.stream()
              .flatMap(kind ->
                  nodes.stream()
                      .map(node ->
                          CompletableFuture.runAsync(() -> work(kind, node, over), threads)))
              .toList();
      try {
        something.run();
      } finally {
        over.set(true);
      }
      clients.forEach(CompletableFuture::join);
    }
    report.line("%s, %.1f s", what, (System.nanoTime() - startNanos) / 1e9);
    kinds.forEach(kind -> print(kind, startNanos, report));
    report.line("  not answered at once, and asked again: %d", putOff() - putOffBefore);
  }

  private long putOff() {
    return readAgain.sum() + nodes.stream().mapToLong(ApiClient::putOff).sum();
  }

  private void work(Kind kind, ApiClient node, AtomicBoolean over) {
    var random = new SplittableRandom(SEED + nodes.indexOf(node));
    while (!over.get()) {
      Runnable request = kind.request().prepare(node, random.nextInt(memories));
      long sentNanos = System.nanoTime();
      request.run();
      kind.took().add(new Took(sentNanos, System.nanoTime() - sentNanos));
      Pause.of(REST);
    }
  }

  private Runnable store(ApiClient node, int number) {
    String body = memory.apply(number).put("namespace", namespace).encode();
    return () -> node.post("/v1/memory/store", body);
  }

  private Runnable lookUp(ApiClient node, int number) {
    String path = "/v1/memory/get/memory-%d?namespace=%s".formatted(number, namespace);
    return () -> {
      ApiClient.Answer answer = node.get(path);
      while (answer.status() == UNAVAILABLE || answer.status() == TOO_MANY) {
        readAgain.increment();
        answer = node.get(path);
      }
      if (answer.status() != OK) {
        throw new RefusedException(path, answer.status(), answer.body());
      }
    };
  }

  private Runnable recall(ApiClient node, int number) {
    JsonObject question =
        new JsonObject()
            .put("namespace", namespace)
            .put("embedding", memory.apply(number).getJsonArray("embedding"))
            .put("top_k", 10);
    String body = question.encode();
    return () -> {
      while (!node.post("/v1/memory/recall", body).json().getBoolean("complete")) {
        readAgain.increment();
      }
    };
  }

  private static void print(Kind kind, long startNanos, Report report) {
    List<Took> took = List.copyOf(kind.took());
    var latencies = new Latencies(took.size());
    for (int i = 0; i < took.size(); i++) {
      latencies.took(i, took.get(i).nanos());
    }
    double worst = latencies.millis(1);
    String slowest =
        took.stream()
            .sorted(Comparator.comparingLong(Took::nanos).reversed())
            .limit(SLOWEST)
            .map(one ->
                "%.0f at %.1f s".formatted(one.nanos() / 1e6, (one.sentNanos() - startNanos) / 1e9))
            .collect(Collectors.joining(", "));
    report.line(
        "  %-9s %,8d: p50 %6.2f  p99 %7.2f  worst %8.2f ms   target: worst under %.0f ms: %s (%s)",
        kind.name(),
        took.size(),
        latencies.millis(0.50),
        latencies.millis(0.99),
        worst,
        kind.targetMillis(),
        worst < kind.targetMillis() ? "met" : "missed",
        slowest);
  }
}
