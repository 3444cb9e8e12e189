package io.mnemogrid.node.http;

import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.model.Explanation;
import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.RecallOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.TreeMap;

/** How an answer came about, as clients read it. */
final class ExplainJson {
  private ExplainJson() {}

  static JsonObject of(Memories.Answer answer, Explanation explanation) {
    RecallOptions options = explanation.options();
    JsonObject terms = new JsonObject();
    explanation.terms().forEach((language, words) -> terms.put(language, new JsonArray(words)));
    JsonArray times = new JsonArray();
    explanation
        .times()
        .forEach(time ->
            times.add(
                new JsonObject()
                    .put("text", time.text())
                    .put("from", time.from())
                    .put("to", time.to())
                    .put("grain", time.grain())
                    .put("every_year", time.everyYear())));
    JsonObject candidates = new JsonObject();
    explanation.candidates().forEach(candidates::put);
    JsonObject weights = new JsonObject();
    new TreeMap<>(explanation.weights())
        .forEach((name, weight) -> weights.put(name, MemoryJson.exact(weight)));
    JsonObject stages = new JsonObject().put("embedding", answer.embeddingMicros());
    explanation.stageMicros().forEach(stages::put);
    JsonObject json = new JsonObject();
    Float vectorWeight = explanation.vectorWeight();
    if (vectorWeight != null) {
      json.put("vector_weight", MemoryJson.exact(vectorWeight));
    }
    return json.put("routing", lower(explanation.routing()))
        .put("fusion", lower(options.fusing()))
        .put("neighborhood", options.neighborhood())
        .put("iterations", explanation.iterations())
        .put("scoring", lower(options.scoring()))
        .put("filtered", !explanation.filter().isEmpty())
        .put("since", explanation.filter().createdAfter())
        .put("until", explanation.filter().createdBefore())
        .put("reranked", explanation.reranked())
        .put("terms", terms)
        .put("times", times)
        .put("times_alone", explanation.timesAlone())
        .put("names", new JsonArray(explanation.names()))
        .put("weights", weights)
        .put("shards_asked", explanation.shardsAsked())
        .put("shards_answered", explanation.shardsAnswered())
        .put("shards_missing", MemoryJson.missing(answer.recalled()))
        .put("candidates", candidates)
        .put("stages", stages);
  }

  /** Each signal with its raw and its fused value, by name. */
  static JsonObject of(Hit hit) {
    JsonObject signals = new JsonObject();
    new TreeMap<>(hit.signals())
        .forEach((name, signal) ->
            signals.put(
                name,
                new JsonObject()
                    .put("raw", MemoryJson.exact(signal.raw()))
                    .put("fused", MemoryJson.exact(signal.fused()))));
    return signals;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
