package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recall by words and meaning together: routing, context, several namespaces, what is explained.
 */
class RecallRoutesTest extends WholeNodeTest {
  private static final String STORE = "/v1/memory/store";
  private static final String RECALL = "/v1/memory/recall";

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

  @ParameterizedTest
  @ValueSource(strings = {"vector", "hybrid"})
  void whatStandsOutIsAheadOfTheBestOfAnotherModelThatDoesNot(String routing) {
    String mine = "cats-" + routing;
    String theirs = "taxes-" + routing;
    root.post(
            "/v1/namespaces",
            new JsonObject().put("name", theirs).put("model", "all-minilm-l6-v2-q"))
        .expect(201);
    store(mine, "The cat is called Mittens");
    store(mine, "The cat sleeps on the sofa every afternoon");
    store(mine, "The train to Basel leaves at noon");
    store(theirs, "Quarterly tax filing deadline");
    JsonObject ask =
        ask(mine, "What is the name of our cat?")
            .put("routing", routing)
            .put("namespaces", new JsonArray().add(mine).add(theirs));
    ask.remove("namespace");
    JsonArray hits = root.post(RECALL, ask).expect(200).memories();
    assertThat(contents(ask))
        .startsWith("The cat is called Mittens", "The cat sleeps on the sofa every afternoon");
    assertThat(hits).hasSize(4);
  }

  /** Namespaces of one language are one collection, whatever model their vectors are of. */
  @Test
  void howRareAWordIsIsCountedOverAllNamespacesOfItsLanguage() {
    root.post(
            "/v1/namespaces",
            new JsonObject().put("name", "rare-b").put("model", "all-minilm-l6-v2-q"))
        .expect(201);
    for (int i = 0; i < 30; i++) {
      store("rare-a", "Ticket %d is about the printer".formatted(i));
    }
    store("rare-a", "A quokka sat near the quay");
    store("rare-b", "A quokka sat near the quay");
    JsonObject ask =
        ask("rare-a", "quokka").put("namespaces", new JsonArray().add("rare-a").add("rare-b"));
    ask.remove("namespace");
    for (String routing : List.of("hybrid", "bm25")) {
      JsonObject best =
          root.post(RECALL, ask.put("routing", routing)).expect(200).memories().getJsonObject(0);
      assertThat(best.getJsonArray("also_in")).as(routing).hasSize(1);
      assertThat(best.getDouble("text_score")).as(routing).isGreaterThan(1);
    }
    store("rare-b", "The quokka escaped");
    JsonArray two = root.post(RECALL, ask.put("routing", "hybrid")).expect(200).memories();
    assertThat(two.getJsonObject(1).getDouble("text_score")).isGreaterThan(1);
  }

  /**
   * What fits the words better, of other times, must not keep it out of those that are compared.
   */
  @Test
  void whatIsAskedForByItsTimeAloneIsFound() {
    store("by-time", "We signed the lease of the new office", "2023-05-12T10:00:00Z");
    for (int i = 0; i < 120; i++) {
      store(
          "by-time",
          "Ticket %d: the build of the parser failed on the new server".formatted(i),
          "2024-09-%02dT10:00:00Z".formatted(i % 28 + 1));
    }
    JsonObject ask = ask("by-time", "What happened in May 2023?").put("top_k", 3);
    assertThat(contents(ask)).contains("We signed the lease of the new office");
    JsonObject explain =
        root.post(RECALL, ask.copy().put("explain", true))
            .expect(200)
            .body()
            .getJsonObject("explain");
    assertThat(explain.getJsonObject("candidates").getInteger("times")).isEqualTo(1);
  }

  private void store(String namespace, String content, String validFrom) {
    long seconds = Instant.parse(validFrom).getEpochSecond();
    root.post(STORE, memory(namespace, content).put("valid_from", seconds)).expect(200);
  }

  @Test
  void withoutExplainNothingIsExplained() {
    store("silent", "x");
    JsonObject body = root.post(RECALL, ask("silent", "x")).expect(200).body();
    assertThat(body.containsKey("explain")).isFalse();
    assertThat(body.getJsonArray("memories").getJsonObject(0).containsKey("explain")).isFalse();
  }

  @Test
  void theTurnsAroundAHitAreFoundThroughTheirSession() {
    List<String> turns =
        List.of(
            "Anna: How was the concert last night?",
            "Ben: It began too late for me",
            "Anna: And the violin solo of Paganini's caprice?",
            "Ben: Breathtaking, I had tears in my eyes",
            "Anna: I wish I had come along");
    for (String turn : turns) {
      root.post(STORE, memory("talk", turn).put("session_id", "evening")).expect(200);
    }
    for (int i = 0; i < 60; i++) {
      root.post(STORE, memory("talk", "Ben: I had tea number " + i).put("session_id", "s" + i))
          .expect(200);
    }
    JsonObject ask = ask("talk", "What did Ben feel at the violin solo of Paganini?");
    assertThat(contents(ask.copy().put("top_k", 3)))
        .contains("Ben: Breathtaking, I had tears in my eyes");
    JsonObject candidates =
        root.post(RECALL, ask.copy().put("explain", true))
            .expect(200)
            .body()
            .getJsonObject("explain")
            .getJsonObject("candidates");
    assertThat(candidates.getInteger("neighborhood")).isPositive();
    JsonObject alone =
        root.post(RECALL, ask.copy().put("neighborhood", false).put("explain", true))
            .expect(200)
            .body()
            .getJsonObject("explain");
    assertThat(alone.getJsonObject("candidates").getInteger("neighborhood")).isZero();
  }

  @Test
  void aQuestionWithADateFindsWhatWasThen() {
    for (int month = 1; month <= 6; month++) {
      root.post(
              STORE,
              memory("dated", "We met the auditors and went through the books")
                  .put("tags", new JsonArray().add("m" + month))
                  .put("metadata", new JsonObject().put("date", "2023-0" + month + "-10")))
          .expect(200);
    }
    JsonObject best =
        root.post(
                RECALL,
                ask("dated", "What happened with the auditors in April 2023?").put("top_k", 6))
            .expect(200)
            .memories()
            .getJsonObject(0)
            .getJsonObject("memory");
    assertThat(best.getLong("valid_from")).isEqualTo(1_681_084_800L);
  }

  @Test
  void aSessionAndATimeInNewMetadataAreTheMemorys() {
    String id =
        root.post(
                STORE,
                memory("moved", "The talk was given")
                    .put(
                        "metadata",
                        new JsonObject().put("date", "2023-05-08").put("session_id", "spring")))
            .expect(200)
            .memory()
            .getString("id");
    JsonObject ask = ask("moved", "What happened on 8 May 2023?").put("explain", true);
    assertThat(ofDate(ask)).isEqualTo(1);
    JsonObject moved =
        withMetadata(id, new JsonObject().put("date", "2024-01-01").put("session_id", "winter"));
    assertThat(moved.getLong("valid_from")).isEqualTo(1_704_067_200L);
    assertThat(moved.getString("session_id")).isEqualTo("winter");
    assertThat(ofDate(ask)).isLessThan(1);
    JsonObject unknown = withMetadata(id, new JsonObject().put("room", 7).put("date", "soon"));
    assertThat(unknown.getLong("valid_from")).isNull();
    assertThat(unknown.getString("session_id")).isNull();
    JsonObject known =
        withMetadata(
            id, new JsonObject().put("date", 1_704_067_200.5).put("session_id", "\"new\""));
    assertThat(known.getLong("valid_from")).isEqualTo(1_704_067_200L);
    assertThat(known.getString("session_id")).isEqualTo("\"new\"");
  }

  @Test
  void aSessionAndATimeGivenBesideMetadataStayUntilTheyAreGivenAnew() {
    JsonObject named = new JsonObject().put("date", "2023-05-08").put("session_id", "spring");
    String id =
        root.post(
                STORE,
                memory("given", "The talk was given")
                    .put("session_id", "talks")
                    .put("valid_from", 1_600_000_000L)
                    .put("metadata", named))
            .expect(200)
            .memory()
            .getString("id");
    for (JsonObject metadata : List.of(named, new JsonObject())) {
      JsonObject kept = withMetadata(id, metadata);
      assertThat(kept.getLong("valid_from")).isEqualTo(1_600_000_000L);
      assertThat(kept.getString("session_id")).isEqualTo("talks");
    }
    String change =
        new JsonObject()
            .put("session_id", "lectures")
            .put("valid_from", 1_650_000_000L)
            .put("metadata", named)
            .encode();
    JsonObject changed = root.send("PUT", "/v1/memory/update/" + id, change).expect(200).memory();
    assertThat(changed.getLong("valid_from")).isEqualTo(1_650_000_000L);
    assertThat(changed.getString("session_id")).isEqualTo("lectures");
  }

  private static JsonObject withMetadata(String id, JsonObject metadata) {
    String change = new JsonObject().put("metadata", metadata).encode();
    return root.send("PUT", "/v1/memory/update/" + id, change).expect(200).memory();
  }

  /** How well the date of the only hit is that of the question. */
  private static double ofDate(JsonObject ask) {
    JsonObject signals =
        root.post(RECALL, ask).expect(200).memories().getJsonObject(0).getJsonObject("explain");
    return signals.getJsonObject("date", new JsonObject().put("raw", 0)).getDouble("raw");
  }

  @Test
  void severalNamespacesAreSearchedAsOneWithWeights() {
    store("many-a", "The launch code word is heron");
    store("many-b", "The launch code word is osprey");
    store("many-b", "The launch code word is heron");
    JsonObject ask =
        new JsonObject()
            .put("namespaces", new JsonArray().add("many-a").add("_dakera_agent_many-b"))
            .put("query", "launch code word");
    JsonArray hits = root.post(RECALL, ask).expect(200).memories();
    assertThat(hits).as("the same content is folded").hasSize(2);
    assertThat(hits)
        .extracting(hit -> ((JsonObject) hit).getJsonArray("also_in"))
        .filteredOn(Objects::nonNull)
        .singleElement()
        .satisfies(copies -> assertThat(copies).hasSize(1));
    JsonArray weighed =
        root.post(RECALL, ask.copy().put("weights", new JsonArray().add(0.1).add(1)))
            .expect(200)
            .memories();
    assertThat(weighed.getJsonObject(0).getString("namespace")).isEqualTo("many-b");
    assertThat(weighed.getJsonObject(1).getString("namespace")).isEqualTo("many-b");
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

  @Test
  void copiesElsewhereDoNotTakeThePlaceOfWhatElseMatches() {
    for (String namespace : List.of("copies-a", "copies-b")) {
      JsonArray batch = new JsonArray();
      for (int i = 0; i < 60; i++) {
        batch.add(new JsonObject().put("content", "The harbour gate code is heron"));
      }
      for (int i = 0; i < 15; i++) {
        batch.add(
            new JsonObject()
                .put(
                    "content",
                    "The harbour gate was painted, note %d of %s".formatted(i, namespace)));
      }
      root.post(
              "/v1/memories/store/batch",
              new JsonObject().put("agent_id", namespace).put("memories", batch))
          .expect(200);
    }
    JsonObject ask =
        new JsonObject()
            .put("namespaces", new JsonArray().add("copies-a").add("copies-b"))
            .put("query", "harbour gate code")
            .put("top_k", 90);
    JsonObject answer = root.post(RECALL, ask).expect(200).body();
    assertThat(answer.getJsonArray("memories")).hasSize(90);
    assertThat(answer.getJsonArray("memories"))
        .as("a copy within a namespace is a memory of its own")
        .filteredOn(hit ->
            ((JsonObject) hit).getJsonObject("memory").getString("content").endsWith("heron"))
        .hasSize(60);
  }

  @Test
  void aNamespaceOutOfReachRefusesTheWholeRecall() {
    store("reach-open", "open");
    store("reach-closed", "closed");
    ApiClient reader = root.keyWith("reader", grant("reach-open", "read"));
    for (String other : List.of("reach-closed", "reach-nowhere")) {
      reader
          .post(
              RECALL,
              new JsonObject()
                  .put("namespaces", new JsonArray().add("reach-open").add(other))
                  .put("query", "closed"))
          .refused(403, "NAMESPACE_ACCESS_DENIED");
    }
  }

  /** An agent may ask its own namespace before it has stored anything. */
  @Test
  void aNamespaceThatIsNotThereYetIsNamedAndTheOthersAnswer() {
    store("there", "The bridge is open");
    JsonObject ask =
        new JsonObject()
            .put("namespaces", new JsonArray().add("not-yet").add("there"))
            .put("weights", new JsonArray().add(0.1).add(2))
            .put("scoring", "relevance")
            .put("query", "Is the bridge open?");
    JsonObject answer = root.post(RECALL, ask).expect(200).body();
    assertThat(answer.getJsonArray("absent")).containsExactly("not-yet");
    assertThat(answer.getBoolean("complete")).isTrue();
    JsonObject hit = answer.getJsonArray("memories").getJsonObject(0);
    assertThat(hit.getDouble("smart_score"))
        .isCloseTo(2 * hit.getDouble("relevance"), within(1e-6));
    root.post(RECALL, ask.copy().put("namespaces", new JsonArray().add("not-yet").add("nowhere")))
        .refused(404, "NAMESPACE_NOT_FOUND");
    root.post(RECALL, ask.copy().put("weights", new JsonArray().add(1)))
        .refused(400, "INVALID_REQUEST");
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
    assertThat(contents(ask("neutral", "\u30bf\u30ef\u30fc").put("routing", "bm25")))
        .containsExactly("\u6771\u4eac\u30bf\u30ef\u30fc");
    root.post("/v1/namespaces", new JsonObject().put("name", "neutral").put("language", "english"))
        .refused(409, "CONFLICT");
    root.post("/v1/namespaces", new JsonObject().put("name", "klingon").put("language", "klingon"))
        .refused(400, "INVALID_REQUEST");
  }

  @ParameterizedTest
  @CsvSource({
    "after May 2023, 2023-06",
    "before May 2023, 2023-04",
    "since June 2023, 2023-06",
    "until April 2023, 2023-04",
    "by April 2023, 2023-04",
    "until 2022, 2022-04"
  })
  void whatIsOnTheSideOfABoundComesFirst(String when, String month) {
    String namespace = "hiking-" + when.replace(' ', '-');
    List<String> months = List.of("2023-05", "2023-04", "2023-06");
    for (String each : month.startsWith("2022") ? List.of("2023-05", month) : months) {
      root.post(STORE, memory(namespace, "We went hiking").put("valid_from", middleOf(each)))
          .expect(200);
    }
    JsonObject best =
        root.post(RECALL, ask(namespace, "hiking " + when).put("scoring", "relevance"))
            .expect(200)
            .memories()
            .getJsonObject(0);
    assertThat(best.getJsonObject("memory").getLong("valid_from")).isEqualTo(middleOf(month));
  }

  private static long middleOf(String month) {
    return YearMonth.parse(month).atDay(15).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
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

  private static JsonObject store(String namespace, String content) {
    return root.post(STORE, memory(namespace, content)).expect(200).memory();
  }

  private static JsonObject memory(String namespace, String content) {
    return new JsonObject().put("namespace", namespace).put("content", content);
  }

  private static JsonObject ask(String namespace, String query) {
    return new JsonObject().put("namespace", namespace).put("query", query);
  }

  private static List<String> contents(JsonObject ask) {
    List<String> contents = new ArrayList<>();
    root.post(RECALL, ask)
        .expect(200)
        .memories()
        .forEach(
            hit -> contents.add(((JsonObject) hit).getJsonObject("memory").getString("content")));
    return contents;
  }
}
