package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recalls of much that is alike, in one namespace and in several, in one shard and in many. */
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
