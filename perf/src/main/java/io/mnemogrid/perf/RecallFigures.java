package io.mnemogrid.perf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/** How fast one namespace answers, and how many of the nearest memories its answers hold. */
final class RecallFigures {
  private static final int K = 10;
  private static final int SEVERAL_CLIENTS = 4;
  private static final int WARM_UP_SHARE = 10;
  private static final int WIDE_K = 1_000;
  private static final int WIDE_QUERIES = 200;

  private final ApiClient node;
  private final String namespace;
  private final Report report;

  RecallFigures(ApiClient node, String namespace, Report report) {
    this.node = node;
    this.namespace = namespace;
    this.report = report;
  }

  /**
   * Asks a tenth of the queries to warm up, then the others: one half by one client and one half by
   * several, so that each is new to the node; then all of them again, whose vectors it still has.
   */
  void measure(List<String> queries) {
    int from = queries.size() / WARM_UP_SHARE;
    int half = from + (queries.size() - from) / 2;
    queries.subList(0, from).forEach(query -> ask(query, K));
    report.line("recall of the best %d, milliseconds:", K);
    time("new queries", queries.subList(from, half), 1);
    time("new queries", queries.subList(half, queries.size()), SEVERAL_CLIENTS);
    List<String> known = queries.subList(from, queries.size());
    time("known queries", known, 1);
    time("known queries", known, SEVERAL_CLIENTS);
    compareWithWide(queries.subList(0, Math.min(WIDE_QUERIES, queries.size())));
  }

  private void time(String what, List<String> queries, int clients) {
    var latencies = new Latencies(queries.size());
    double seconds =
        Crew.seconds(
            clients,
            queries.size(),
            i -> {
              long start = System.nanoTime();
              ask(queries.get(i), K);
              latencies.took(i, System.nanoTime() - start);
            });
    report.line(
        "  %-13s %d clients, %,5d queries: p50 %6.2f  p99 %6.2f  %,8.1f a second",
        what,
        clients,
        queries.size(),
        latencies.millis(0.50),
        latencies.millis(0.99),
        queries.size() / seconds);
  }

  /**
   * The node tells no vectors and has no exact search to be asked for, but searches the wider the
   * more hits are wanted: at this width the graph's first ten are all but exact.
   */
  private void compareWithWide(List<String> queries) {
    long found = 0;
    long wanted = 0;
    for (String query : queries) {
      List<String> nearest = ids(ask(query, WIDE_K)).stream().limit(K).toList();
      List<String> answered = ids(ask(query, K));
      wanted += nearest.size();
      found += nearest.stream().filter(answered::contains).count();
    }
    report.line(
        "recall@%d %.4f over %,d queries, against the first %d of a search for %,d",
        K, wanted == 0 ? 1 : found / (double) wanted, queries.size(), K, WIDE_K);
  }

  private JsonObject ask(String query, int k) {
    JsonObject answer =
        node.post(
                "/v1/memory/search",
                new JsonObject()
                    .put("namespace", namespace)
                    .put("query", query)
                    .put("top_k", k)
                    .put("scoring", "relevance")
                    .encode())
            .json();
    if (!answer.getBoolean("complete")) {
      throw new IllegalStateException("an incomplete answer: " + answer.encode());
    }
    return answer;
  }

  private static List<String> ids(JsonObject answer) {
    JsonArray hits = answer.getJsonArray("memories");
    return IntStream.range(0, hits.size())
        .mapToObj(i -> hits.getJsonObject(i).getJsonObject("memory").getString("id"))
        .toList();
  }
}
