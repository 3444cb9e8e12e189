package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recall by words and meaning together: routing, fusion, what is explained. */
class RecallRoutesTest extends RecallTest {
  @Test
  void aCodeIsFoundByItsLettersAndAParaphraseByItsMeaning() {
    store("routing", "The gateway answers with ERR-7741 when the token has expired");
    store("routing", "The gateway answers with ERR-7714 when the body is too large");
    store("routing", "Lunch is served in the garden on sunny days");
    JsonObject code = ask("routing", "What is ERR-7714?").put("top_k", 1);
    for (String routing : List.of("auto", "hybrid", "bm25")) {
      assertThat(contents(code.copy().put("routing", routing)))
          .as(routing)
          .containsExactly("The gateway answers with ERR-7714 when the body is too large");
    }
    assertThat(contents(ask("routing", "Where do people eat at noon?").put("top_k", 1)))
        .containsExactly("Lunch is served in the garden on sunny days");
    assertThat(contents(ask("routing", "sunny").put("routing", "bm25"))).hasSize(1);
    assertThat(contents(ask("routing", "zebra").put("routing", "bm25"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rrf, 0.2", "minmax, 0.2", "rrf, 1", "minmax, 0", "minmax, 1"})
  void everyFusionAnswersWithAllThereIs(String fusion, double vectorWeight) {
    String namespace = "fused-" + fusion + "-" + vectorWeight;
    store(namespace, "Zoe plays the cello in the city orchestra");
    store(namespace, "The orchestra rehearses on Tuesdays");
    store(namespace, "Bread rises twice before it is baked");
    JsonObject ask =
        ask(namespace, "Who plays an instrument?")
            .put("fusion", fusion)
            .put("vector_weight", vectorWeight)
            .put("scoring", "relevance");
    List<Double> scores = new ArrayList<>();
    JsonArray hits = root.post(RECALL, ask).expect(200).memories();
    hits.forEach(hit -> scores.add(((JsonObject) hit).getDouble("smart_score")));
    assertThat(hits).hasSize(3);
    assertThat(scores).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void anExplanationTellsEverySignalAndStage() {
    store("explained", "Anna: We moved to Lisbon on 8 May 2023");
    store("explained", "Ben: The weather was fine");
    JsonObject body =
        root.post(
                RECALL,
                ask("explained", "When did Anna move to Lisbon in May 2023?").put("explain", true))
            .expect(200)
            .body();
    JsonObject explain = body.getJsonObject("explain");
    assertThat(explain.getString("routing")).isEqualTo("hybrid");
    assertThat(explain.getJsonObject("terms").getJsonArray("english"))
        .contains("lisbon")
        .doesNotContain("when", "did");
    assertThat(explain.getBoolean("filtered")).isFalse();
    assertThat(explain.getJsonArray("times")).hasSize(1);
    assertThat(explain.getJsonArray("names")).contains("Anna");
    assertThat(explain.getInteger("shards_asked")).isEqualTo(1);
    assertThat(explain.getInteger("shards_answered")).isEqualTo(1);
    assertThat(explain.getJsonObject("candidates").getInteger("vector")).isEqualTo(2);
    assertThat(explain.getJsonObject("stages").fieldNames())
        .containsExactly("embedding", "analysis", "search", "times", "fusion", "fetch");
    JsonObject weights = explain.getJsonObject("weights");
    assertThat(weights.fieldNames()).contains("lexical", "dense", "date", "name");
    assertThat(weights.stream().mapToDouble(weight -> (Double) weight.getValue()).sum())
        .isCloseTo(1, within(1e-5));
    assertThat(explain.getDouble("vector_weight")).isCloseTo(0.6, within(1e-5));
    JsonObject best = body.getJsonArray("memories").getJsonObject(0);
    assertThat(best.getJsonObject("memory").getString("content")).startsWith("Anna");
    for (String signal : weights.fieldNames()) {
      assertThat(best.getJsonObject("explain").getJsonObject(signal).getDouble("fused"))
          .as(signal)
          .isBetween(0.0, weights.getDouble(signal) + 1e-6);
    }
    assertThat(best.getJsonObject("explain").fieldNames())
        .contains(
            "lexical",
            "dense",
            "name",
            "importance",
            "recency",
            "verified",
            "feedback",
            "namespace_weight");
    assertThat(scoreByItsParts(best.getJsonObject("explain")))
        .isCloseTo(best.getDouble("smart_score"), within(1e-5));
    assertThat(best.getDouble("text_score")).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"vector, 0.2, 1", "bm25, 0.9, 0", "hybrid, 0.25, 0.25"})
  void anExplanationTellsTheWeightThatCounted(String routing, double asked, double counted) {
    store("weighed-sides", "Anna: We moved to Lisbon");
    JsonObject ask =
        ask("weighed-sides", "Who moved to Lisbon?")
            .put("routing", routing)
            .put("vector_weight", asked)
            .put("explain", true);
    JsonObject explain = root.post(RECALL, ask).expect(200).body().getJsonObject("explain");
    assertThat(explain.getDouble("vector_weight")).isCloseTo(counted, within(1e-6));
  }

  private static double scoreByItsParts(JsonObject explained) {
    Set<String> factors = Set.of("importance", "recency", "verified", "feedback");
    double relevance = 0;
    double moves = 0;
    for (String name : explained.fieldNames()) {
      double fused = explained.getJsonObject(name).getDouble("fused");
      if (factors.contains(name)) {
        moves += fused;
      } else if (!name.equals("namespace_weight")) {
        relevance += fused;
      }
    }
    double weight = explained.getJsonObject("namespace_weight").getDouble("fused");
    return relevance * (1 + moves) * weight;
  }

  @Test
  void withoutExplainNothingIsExplained() {
    store("silent", "x");
    JsonObject body = root.post(RECALL, ask("silent", "x")).expect(200).body();
    assertThat(body.containsKey("explain")).isFalse();
    assertThat(body.getJsonArray("memories").getJsonObject(0).containsKey("explain")).isFalse();
  }

  @Test
  void anExplanationTellsWhatLimitedTheHits() {
    store("limited", "The harbour gate code is heron");
    JsonObject ask =
        ask("limited", "harbour gate")
            .put("rerank", true)
            .put("since", "2001-09-09T01:46:40Z")
            .put("until", "2286-11-20T17:46:40Z")
            .put("iterations", 2)
            .put("explain", true);
    JsonObject explain = root.post(RECALL, ask).expect(200).body().getJsonObject("explain");
    assertThat(explain.getBoolean("filtered")).isTrue();
    assertThat(explain.getLong("since")).isEqualTo(1_000_000_000L);
    assertThat(explain.getLong("until")).isEqualTo(10_000_000_000L);
    assertThat(explain.getBoolean("reranked")).as("there is no model").isFalse();
    assertThat(explain.getJsonObject("candidates").getInteger("vector"))
        .as("counted once, not once an iteration")
        .isEqualTo(1);
    assertThat(explain.getInteger("iterations")).isEqualTo(2);
    JsonObject words = ask.copy().put("routing", "bm25");
    assertThat(
            root.post(RECALL, words)
                .expect(200)
                .body()
                .getJsonObject("explain")
                .getInteger("iterations"))
        .as("words cannot be moved")
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"namespaces\":[\"a\"],\"namespace\":\"a\",\"query\":\"x\"}",
        "{\"namespaces\":[],\"query\":\"x\"}",
        "{\"namespaces\":[\"a\",\"a\"],\"query\":\"x\"}",
        "{\"namespaces\":[\"bad-a\",\"bad-b\"],\"weights\":[1],\"query\":\"x\"}",
        "{\"namespaces\":[\"bad-a\"],\"weights\":[0],\"query\":\"x\"}",
        "{\"namespace\":\"bad-a\",\"weights\":[1],\"query\":\"x\"}",
        "{\"namespace\":\"bad-a\",\"routing\":\"psychic\",\"query\":\"x\"}",
        "{\"namespace\":\"bad-a\",\"vector_weight\":1.5,\"query\":\"x\"}",
        "{\"namespace\":\"bad-a\",\"since\":\"2024-02-01\",\"until\":\"2024-01-31\",\"query\":\"x\"}",
        "{\"namespace\":\"bad-a\",\"iterations\":4,\"query\":\"x\"}"
      })
  void whatCannotBeMeantIsRefused(String body) {
    store("bad-a", "x");
    store("bad-b", "x");
    root.send("POST", RECALL, body).refused(400, "INVALID_REQUEST");
  }

  @Test
  void anotherIterationStartsFromWhatWasFound() {
    store("again", "Penguins live in Antarctica");
    store("again", "Emperor penguins breed in the cold of winter");
    store("again", "The parliament meets on Monday");
    assertThat(contents(ask("again", "Which birds cannot fly?").put("iterations", 3)))
        .hasSize(3)
        .last()
        .isEqualTo("The parliament meets on Monday");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?",
        "x",
        "the of and",
        "who what when",
        "e\u0301tude",
        "\u6771\u4eac\u306e\u5929\u6c17",
        "\ud83d\ude80\ud83d\ude80",
        "\u0645\u0631\u062d\u0628\u0627",
        "\u0000"
      })
  void everyQuestionHasAnAnswer(String question) {
    store("words", "\u6771\u4eac\u306e\u5929\u6c17\u306f\u6674\u308c");
    store("words", "\u00e9tude");
    store("words", "\ud83d\ude80 launch \u0645\u0631\u062d\u0628\u0627");
    for (String routing : List.of("auto", "bm25", "vector")) {
      root.post(RECALL, ask("words", question).put("routing", routing)).expect(200);
    }
  }

  @Test
  void inANeutralNamespaceNoWordIsLeftOut() {
    root.post("/v1/namespaces", new JsonObject().put("name", "neutral").put("language", "neutral"))
        .expect(201);
    store("neutral", "die Katze schl\u00e4ft");
    store("neutral", "\u6771\u4eac\u30bf\u30ef\u30fc");
    assertThat(contents(ask("neutral", "the die").put("routing", "bm25")))
        .containsExactly("die Katze schl\u00e4ft");
    assertThat(contents(ask("neutral", "\u4eac").put("routing", "bm25"))).hasSize(1);
    root.post("/v1/namespaces", new JsonObject().put("name", "cjk").put("language", "cjk"))
        .expect(201);
    store("cjk", "\u6211\u5bb6\u7684\u732b\u5f88\u53ef\u7231");
    assertThat(contents(ask("cjk", "\u732b").put("routing", "bm25"))).hasSize(1);
    assertThat(contents(ask("neutral", "\u30bf\u30ef\u30fc").put("routing", "bm25")))
        .containsExactly("\u6771\u4eac\u30bf\u30ef\u30fc");
    root.post("/v1/namespaces", new JsonObject().put("name", "neutral").put("language", "english"))
        .refused(409, "CONFLICT");
    root.post("/v1/namespaces", new JsonObject().put("name", "klingon").put("language", "klingon"))
        .refused(400, "INVALID_REQUEST");
  }

  @Test
  void aChangedMemoryIsFoundByItsNewWordsOnly() {
    String id = store("changing", "The mascot is a walrus").getString("id");
    root.send("PUT", "/v1/memory/update/" + id, "{\"content\":\"The mascot is an otter\"}")
        .expect(200);
    assertThat(contents(ask("changing", "walrus").put("routing", "bm25"))).isEmpty();
    assertThat(contents(ask("changing", "otter").put("routing", "bm25"))).hasSize(1);
    root.post(
            "/v1/memory/forget",
            new JsonObject()
                .put("namespace", "changing")
                .put("memory_ids", new JsonArray().add(id)))
        .expect(200);
    assertThat(contents(ask("changing", "otter").put("routing", "bm25"))).isEmpty();
  }
}
