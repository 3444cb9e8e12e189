package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.ApiClient;
import io.mnemogrid.perf.Arguments;
import io.mnemogrid.perf.BulkStore;
import io.mnemogrid.perf.MeasuredNode;
import io.mnemogrid.perf.NamespaceClient;
import io.mnemogrid.perf.RefusedException;
import io.mnemogrid.perf.Report;
import io.mnemogrid.perf.Timing;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How long a recall over HTTP takes: in a small namespace with questions that the node must embed,
 * and in a large one with everything but that, the questions' vectors being sent with them.
 */
public final class RecallLatency {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.recall.RecallLatency <texts directory> ";
  private static final List<String> NODE_FLAGS = List.of("-Xmx4g");
  private static final String CONTENT = "content";
  private static final String QUERY = "query";
  private static final int TOP_K = 10;
  private static final int EXPLAINED_QUESTIONS = 100;
  private static final int EMPTY_REQUESTS = 2_000;
  private static final Duration NO_LIMIT = Duration.ofDays(1);
  private static final double LARGE_P50_MILLIS = 2;
  private static final double SMALL_P50_MILLIS = 8;
  private static final double SMALL_P99_MILLIS = 20;

  private final LatencyOptions options;
  private final PreparedTexts base;
  private final PreparedTexts queries;
  private final Report report;

  RecallLatency(LatencyOptions options, PreparedTexts base, PreparedTexts queries, Report report) {
    this.options = options;
    this.base = base;
    this.queries = queries;
    this.report = report;
  }

  /** Arguments: {@link LatencyOptions#USAGE}. */
  public static void main(String[] args) {
    Arguments arguments =
        Arguments.readOrExit(LatencyOptions.USAGE, () -> LatencyOptions.arguments(args));
    LatencyOptions options =
        Arguments.readOrExit(LatencyOptions.USAGE, () -> LatencyOptions.of(arguments));
    PreparedTexts base = read(options, arguments, "base", options.count());
    PreparedTexts queries = read(options, arguments, "queries", Integer.MAX_VALUE);
    String command = COMMAND + arguments.shown();
    try (MeasuredNode node = MeasuredNode.of(arguments, NODE_FLAGS);
        Report report = Report.open("recall-latency", command.strip())) {
      node.printVersion(report);
      new RecallLatency(options, base, queries, report).run(node);
    }
  }

  private static PreparedTexts read(
      LatencyOptions options, Arguments arguments, String name, int most) {
    return Arguments.readOrExit(
        LatencyOptions.USAGE, () -> options.read(arguments.directory(), name, most));
  }

  void run(MeasuredNode node) {
    String run = Long.toString(System.currentTimeMillis());
    report.line(
        "best %d of a recall, milliseconds at the client until it has the whole answer", TOP_K);
    measureEmpty(node.client());
    measureSmall(node, NamespaceClient.create(node.client(), run + "-small"));
    measureLarge(node, NamespaceClient.create(node.client(), run + "-large"));
  }

  /** What HTTP and the client take of each of the figures below. */
  private void measureEmpty(ApiClient client) {
    IntFunction<ApiClient.Answer> request = _ -> client.get("/health/live");
    Timing.of(1, EMPTY_REQUESTS, request, (_, _) -> {});
    Timing.of(1, EMPTY_REQUESTS, request, (_, _) -> {}).print("/health/live", report);
  }

  /** Each routing gets queries of its own, which the node has not embedded before. */
  private void measureSmall(MeasuredNode node, NamespaceClient namespace) {
    int count = Math.min(options.smallCount(), base.count());
    report.line("%nnamespace of %,d, every query new to the node, which embeds it", count);
    fill(node, namespace, count, i -> new JsonObject().put(CONTENT, base.texts().get(i)));
    int routings = options.routings().size();
    int each = Math.max(1, queries.count() / routings);
    for (int i = 0; i < routings; i++) {
      var recalls = new RoutedRecalls(namespace, options.routings().get(i), TOP_K);
      List<JsonObject> asked = texts(queries, i * each, each);
      int warmUp = count + i * (options.warmUp() + EXPLAINED_QUESTIONS);
      int explained = warmUp + options.warmUp();
      try {
        recalls.time(1, 1, texts(base, warmUp, options.warmUp()));
        Timing timing = recalls.time(1, 1, asked);
        timing.print(recalls.routing(), report);
        printStages(recalls.stages(texts(base, explained, EXPLAINED_QUESTIONS)));
        printTarget("p50", timing.latencies().millis(0.50), SMALL_P50_MILLIS);
        printTarget("p99", timing.latencies().millis(0.99), SMALL_P99_MILLIS);
      } catch (RefusedException e) {
        printRefusal(recalls, e);
      }
    }
  }

  private void measureLarge(MeasuredNode node, NamespaceClient namespace) {
    report.line(
        "%nnamespace of %,d, %s",
        base.count(),
        queries.haveVectors()
            ? "the queries' vectors sent with them: everything but embedding"
            : "the queries known to the node, which still has their vectors");
    fill(node, namespace, base.count(), i -> base.with(CONTENT, i));
    List<JsonObject> asked =
        IntStream.range(0, queries.count()).mapToObj(i -> queries.with(QUERY, i)).toList();
    for (String routing : options.routings()) {
      var recalls = new RoutedRecalls(namespace, routing, TOP_K);
      try {
        recalls.time(1, 1, asked);
        for (int clients : options.clients()) {
          Timing timing = recalls.time(clients, options.rounds(), asked);
          timing.print(routing, report);
          if (clients == 1) {
            printTarget("p50", timing.latencies().millis(0.50), LARGE_P50_MILLIS);
          }
        }
        printStages(recalls.stages(asked.subList(0, Math.min(EXPLAINED_QUESTIONS, asked.size()))));
      } catch (RefusedException e) {
        printRefusal(recalls, e);
      }
    }
  }

  private void fill(
      MeasuredNode node, NamespaceClient namespace, int count, IntFunction<JsonObject> memory) {
    new BulkStore(node.client(), namespace, report).store(count, memory, NO_LIMIT);
    node.awaitIndexed(report);
  }

  /** Texts as questions without vectors, from one on, and from the first again after the last. */
  private static List<JsonObject> texts(PreparedTexts from, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> new JsonObject().put(QUERY, from.texts().get(i % from.count())))
        .toList();
  }

  private void printStages(StageTimes stages) {
    report.line("    stages by the node's own account, p50/p99 in microseconds: %s", stages);
  }

  private void printTarget(String figure, double millis, double target) {
    report.line(
        "    target: %s under %.0f ms: %s", figure, target, millis < target ? "met" : "missed");
  }

  private void printRefusal(RoutedRecalls recalls, RefusedException refusal) {
    report.line("  %-20s NOT RUN: %s", recalls.routing(), refusal.reason());
  }
}
