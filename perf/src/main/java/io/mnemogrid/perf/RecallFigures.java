package io.mnemogrid.perf;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** How fast one namespace answers, and how many of the nearest memories its answers hold. */
final class RecallFigures {
  private static final int K = 10;
  private static final int SEVERAL_CLIENTS = 4;
  private static final int WARM_UP_SHARE = 10;
  private static final int WIDE_K = 1_000;
  private static final int WIDE_QUERIES = 200;

  private final NamespaceClient namespace;
  private final Report report;

  RecallFigures(NamespaceClient namespace, Report report) {
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
    List<String> bodies = queries.stream().map(query -> body(query, K)).toList();
    Timing.of(
            clients,
            bodies.size(),
            i -> namespace.recall(bodies.get(i)),
            (answer, _) -> NamespaceClient.ids(answer.json()))
        .print(what, report);
  }

  /**
   * The node tells no vectors and has no exact search to be asked for, but searches the wider the
   * more hits are wanted: at this width the graph's first ten are all but exact.
   */
  private void compareWithWide(List<String> queries) {
    long found = 0;
    long wanted = 0;
    for (String query : queries) {
      List<String> nearest = ask(query, WIDE_K).stream().limit(K).toList();
      List<String> answered = ask(query, K);
      wanted += nearest.size();
      found += nearest.stream().filter(answered::contains).count();
    }
    report.line(
        "recall@%d %.4f over %,d queries, against the first %d of a search for %,d",
        K, wanted == 0 ? 1 : found / (double) wanted, queries.size(), K, WIDE_K);
  }

  private List<String> ask(String query, int k) {
    return NamespaceClient.ids(namespace.recall(body(query, k)).json());
  }

  /** In the order of the similarity alone, whatever the lexical side says. */
  private String body(String query, int k) {
    return namespace.recallBody(
        new JsonObject()
            .put("query", query)
            .put("top_k", k)
            .put("routing", "vector")
            .put("scoring", "relevance"));
  }
}
