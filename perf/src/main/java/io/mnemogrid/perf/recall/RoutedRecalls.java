package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.NamespaceClient;
import io.mnemogrid.perf.Timing;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One way to recall from one namespace. A node that does not have it answers with a {@link
 * io.mnemogrid.perf.RefusedException}.
 *
 * @param routing as the recall request has it
 * @param topK hits wanted
 */
record RoutedRecalls(NamespaceClient namespace, String routing, int topK) {

  /**
   * Asks all questions so many times, each round in their order.
   *
   * @param questions {@code query}, {@code embedding} or both
   */
  Timing time(int clients, int rounds, List<JsonObject> questions) {
    List<String> bodies =
        questions.stream().map(question -> namespace.recallBody(request(question))).toList();
    return Timing.of(
        clients,
        rounds * bodies.size(),
        i -> namespace.recall(bodies.get(i % bodies.size())),
        (answer, _) -> NamespaceClient.ids(answer.json()));
  }

  StageTimes stages(List<JsonObject> questions) {
    return StageTimes.of(
        questions.stream()
            .map(question -> new StageTimes.Recall(namespace, request(question)))
            .toList());
  }

  private JsonObject request(JsonObject question) {
    return question.copy().put("routing", routing).put("top_k", topK);
  }
}
