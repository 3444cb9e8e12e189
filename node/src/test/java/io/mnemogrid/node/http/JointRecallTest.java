package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recalls of several namespaces at once, and of much that is alike, in one shard and in many. */
class JointRecallTest extends WholeNodeTest {
  private static final String BATCH = "/v1/memories/store/batch";
  private static final String RECALL = "/v1/memory/recall";

  @ParameterizedTest
  @ValueSource(strings = {"auto", "bm25", "vector"})
  void asManyComeBackAsMatchHoweverManyCopiesOneOfThemHas(String routing) {
    String one = "one-copy-" + routing;
    String many = "many-copies-" + routing;
    make(one, 1);
    make(many, 1);
    storeAlike(one, "heartbeat ok", 1);
    storeAlike(many, "heartbeat ok", 300);
    for (int weight = 1; weight <= 3; weight += 2) {
      JsonObject ask =
          ask("heartbeat", one, many)
              .put("weights", new JsonArray().add(weight).add(2))
              .put("routing", routing)
              .put("embedding", new JsonArray().add(1).add(0))
              .put("top_k", 5);
      assertThat(ids(ask)).hasSize(5).doesNotHaveDuplicates();
    }
  }

  @Test
  void howRareAWordIsIsCountedOverAllNamespacesInEachIteration() {
    make("apples", 1);
    make("pears", 1);
    storeAlike("apples", "apple pie for the harbour party", 20);
    storeAlike("pears", "pear tart for the harbour party", 19);
    store("pears", "apple cake", "the-apple");
    JsonObject ask =
        ask("apple", "apples", "pears")
            .put("embedding", new JsonArray().add(1).add(0))
            .put("top_k", 40);
    Map<String, Double> once = textScores(ask);
    assertThat(once).isNotEmpty();
    assertThat(textScores(ask.copy().put("iterations", 2))).isEqualTo(once);
  }

  @Test
  void whichOfManyWithOneVectorComeBackDoesNotDependOnTheShards() {
    List<List<String>> found = new ArrayList<>();
    for (int shards : new int[] {1, 4}) {
      String namespace = "alike-in-" + shards;
      make(namespace, shards);
      storeAlike(namespace, "same thing", 200);
      found.add(
          ids(
              ask("same", namespace)
                  .put("embedding", new JsonArray().add(1).add(0))
                  .put("routing", "vector")
                  .put("top_k", 5)));
    }
    assertThat(found.getFirst()).containsExactly("m000", "m001", "m002", "m003", "m004");
    assertThat(found.getLast()).isEqualTo(found.getFirst());
  }

  /** The turns of a session that are in a large answer are not all next to each other. */
  @Test
  void turnsFarApartAreNoNeighboursInALargeAnswerEither() {
    make("long", 1);
    List<JsonObject> memories = new ArrayList<>();
    for (int i = 0; i < 215; i++) {
      memories.add(turn("zebra", "s%03d".formatted(i), "alone-" + i));
    }
    for (int i = 0; i <= 20; i++) {
      String content = i % 10 == 0 ? "zebra" : "the harbour party of number " + i;
      memories.add(turn(content, "line", "line-" + i));
    }
    memories.forEach(memory -> storeAll("long", List.of(memory)));
    JsonObject ask =
        ask("zebra", "long").put("routing", "bm25").put("explain", true).put("top_k", 230);
    Map<String, Double> near = new HashMap<>();
    root.post(RECALL, ask)
        .expect(200)
        .memories()
        .forEach(hit -> {
          JsonObject explained = ((JsonObject) hit).getJsonObject("explain");
          near.put(id(hit), explained.getJsonObject("lexical_neighbors").getDouble("raw"));
        });
    assertThat(near.get("line-10")).isEqualTo(near.get("alone-0"));
  }

  @Test
  void aVectorTooLongForADistanceIsRefused() {
    root.post(
            "/v1/namespaces",
            new JsonObject()
                .put("name", "far")
                .put("model", "own-vectors")
                .put("dimension", 2)
                .put("distance", "euclidean"))
        .expect(201);
    JsonArray long1 = new JsonArray().add(1.8e19).add(0);
    root.post(
            "/v1/memory/store",
            new JsonObject().put("namespace", "far").put("content", "x").put("embedding", long1))
        .refused(400, "INVALID_REQUEST");
    JsonArray longest = new JsonArray().add(9e18).add(0);
    root.post(
            "/v1/memory/store",
            new JsonObject().put("namespace", "far").put("content", "x").put("embedding", longest))
        .expect(200);
    assertThat(ids(ask("x", "far").put("embedding", new JsonArray().add(-9e18).add(0)))).hasSize(1);
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
    JsonObject ask = ask("What is the name of our cat?", mine, theirs).put("routing", routing);
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
    JsonObject ask = ask("quokka", "rare-a", "rare-b");
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

  @Test
  void severalNamespacesAreSearchedAsOneWithWeights() {
    store("many-a", "The launch code word is heron");
    store("many-b", "The launch code word is osprey");
    store("many-b", "The launch code word is heron");
    JsonObject ask = ask("launch code word", "many-a", "_dakera_agent_many-b");
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
      root.post(BATCH, new JsonObject().put("agent_id", namespace).put("memories", batch))
          .expect(200);
    }
    JsonObject ask = ask("harbour gate code", "copies-a", "copies-b").put("top_k", 90);
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
          .post(RECALL, ask("closed", "reach-open", other))
          .refused(403, "NAMESPACE_ACCESS_DENIED");
    }
  }

  /** An agent may ask its own namespace before it has stored anything. */
  @Test
  void aNamespaceThatIsNotThereYetIsNamedAndTheOthersAnswer() {
    store("there", "The bridge is open");
    JsonObject ask =
        ask("Is the bridge open?", "not-yet", "there")
            .put("weights", new JsonArray().add(0.1).add(2))
            .put("scoring", "relevance");
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

  private static void make(String namespace, int shards) {
    root.post(
            "/v1/namespaces",
            new JsonObject()
                .put("name", namespace)
                .put("model", "own-vectors")
                .put("dimension", 2)
                .put("shards", shards))
        .expect(201);
  }

  /** Stores them with descending ids, all with one vector. */
  private static void storeAlike(String namespace, String content, int count) {
    storeAll(
        namespace,
        IntStream.range(0, count)
            .mapToObj(i -> memory(content, "m%03d".formatted(count - 1 - i)))
            .toList());
  }

  private static void store(String namespace, String content) {
    storeAll(namespace, List.of(new JsonObject().put("content", content)));
  }

  private static void store(String namespace, String content, String id) {
    storeAll(namespace, List.of(memory(content, id)));
  }

  private static void storeAll(String namespace, List<JsonObject> memories) {
    root.post(BATCH, new JsonObject().put("namespace", namespace).put("memories", memories))
        .expect(200);
  }

  private static JsonObject memory(String content, String id) {
    return new JsonObject()
        .put("content", content)
        .put("id", id)
        .put("embedding", new JsonArray().add(1).add(0));
  }

  private static JsonObject turn(String content, String session, String id) {
    return memory(content, id).put("session_id", session);
  }

  private static JsonObject ask(String query, String... namespaces) {
    return new JsonObject().put("namespaces", List.of(namespaces)).put("query", query);
  }

  private static List<String> ids(JsonObject ask) {
    return root.post(RECALL, ask).expect(200).memories().stream().map(JointRecallTest::id).toList();
  }

  private static List<String> contents(JsonObject ask) {
    return root.post(RECALL, ask).expect(200).memories().stream()
        .map(hit -> ((JsonObject) hit).getJsonObject("memory").getString("content"))
        .toList();
  }

  private static String id(Object hit) {
    return ((JsonObject) hit).getJsonObject("memory").getString("id");
  }

  private static Map<String, Double> textScores(JsonObject ask) {
    Map<String, Double> scores = new HashMap<>();
    root.post(RECALL, ask).expect(200).memories().stream()
        .map(JsonObject.class::cast)
        .sorted(Comparator.comparing(JointRecallTest::id))
        .forEach(hit ->
            scores.put(
                hit.getJsonObject("memory").getString("namespace") + "/" + id(hit),
                hit.getDouble("text_score")));
    return scores;
  }
}
