package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.embed.TinyModels;
import io.mnemogrid.node.testing.NodeUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace that moves to another model while it is used. */
class ReembedTest {
  private static final String STORE = "/v1/memory/store";
  private static final String RECALL = "/v1/memory/recall";
  private static final String MINI = "all-minilm-l6-v2-q";
  private static final String BGE = "bge-small-en-v1.5-q";
  private static final String TINY = "tiny";
  private static final int MEMORIES = 250;

  /** Of floats, in whatever order the kernel was compiled to. */
  private static final double OF_SUMS = 1e-6;

  /** Quantized models round a text's numbers by what is in the same run. */
  private static final double OF_BATCHES = 0.01;

  private static final int LONG_TEXTS = 6;
  private static final int WORDS_REPEATED = 150;
  private static final List<String> SUBJECTS =
      List.of("the cat", "the red house", "a green tree", "the river", "a blue bird", "the dog");
  private static final List<String> DEEDS =
      List.of("sleeps near", "runs around", "sings about", "stands behind", "looks at");

  @TempDir private static Path folder;
  private static NodeUnderTest node;
  private static ApiClient root;

  @BeforeAll
  static void start() throws IOException {
    TinyModels.sentenceModel(folder, TINY);
    node = NodeUnderTest.withModels(folder);
    root = ApiClient.root(node);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void nothingIsMissedOnTheWayAndInTheEndAllIsAsIfItHadAlwaysBeenThere() {
    Map<String, String> contents = new HashMap<>();
    for (int i = 0; i < MEMORIES; i++) {
      put("moved", "m" + i, content("item" + i, i), contents);
    }
    ApiClient.Reply before = root.get("/v1/memory/get/m3?namespace=moved").expect(200);

    move("moved", MINI, contents);
    root.post(reembed("moved"), model(MINI)).expect(200);
    ApiClient.Reply after = root.get("/v1/memory/get/m3?namespace=moved").expect(200);
    assertThat(after.headers().firstValue("ETag")).isEqualTo(before.headers().firstValue("ETag"));
    assertThat(written(after)).isEqualTo(written(before));
    assertThat(root.get("/v1/namespaces/moved").expect(200).body().getString("model"))
        .isEqualTo(MINI);
    assertAsMadeWith(MINI, "moved", contents, OF_SUMS);

    move("moved", TINY, contents);
    assertThat(root.get("/v1/namespaces/moved").expect(200).body().getInteger("dimension"))
        .isNotEqualTo(384);
    assertAsMadeWith(TINY, "moved", contents, OF_SUMS);
  }

  @Test
  void whatCannotBeDoneIsRefusedAndChangesNothing() {
    root.post(STORE, new JsonObject().put("namespace", "stays").put("content", "x")).expect(200);
    ApiClient.Reply unknown =
        root.post(reembed("stays"), model("bge-large")).refused(400, "INVALID_REQUEST");
    assertThat(unknown.body().encode()).contains("bge-large").contains(BGE).contains(TINY);
    JsonObject same = root.post(reembed("stays"), model(BGE)).expect(200).body();
    assertThat(same.getString("state")).isEqualTo("done");
    assertThat(same.getString("from_model")).isNull();
    assertThat(same.getInteger("total")).isEqualTo(1);
    assertThat(same.getInteger("remaining")).isZero();
    root.post(reembed("stays"), new JsonObject()).refused(400, "INVALID_REQUEST");
    root.post(reembed("none"), model(MINI)).refused(404, "NAMESPACE_NOT_FOUND");
    root.get(reembed("none")).refused(404, "NAMESPACE_NOT_FOUND");

    root.post("/v1/namespaces", new JsonObject().put("name", "own").put("dimension", 8))
        .expect(201);
    root.post(reembed("own"), model(MINI)).refused(409, "CONFLICT");
    ApiClient writer = root.keyWith("writer", ApiClient.grant("stays", "write"));
    writer.post(reembed("stays"), model(MINI)).refused(403, "INSUFFICIENT_SCOPE");
    writer.get(reembed("stays")).expect(200);
  }

  @Test
  void onTheWayToOneModelItCanBeSentToAnotherAndBack() {
    Map<String, String> contents = new HashMap<>();
    for (int i = 0; i < LONG_TEXTS; i++) {
      // Long enough for the namespace to be on its way still when the next request comes.
      put("busy", "long" + i, (content("item" + i, i) + " ").repeat(WORDS_REPEATED), contents);
    }
    JsonArray own = new JsonArray();
    IntStream.range(0, 384).forEach(i -> own.add(i == 7 ? 1.0 : 0.0));
    put("busy", "own", new JsonObject().put("content", "brought along").put("embedding", own));

    assertMoving(root.post(reembed("busy"), model(MINI)).expect(200), MINI);
    assertMoving(root.post(reembed("busy"), model(TINY)).expect(200), TINY);
    assertMoving(root.post(reembed("busy"), model(BGE)).expect(200), BGE);
    awaitDone("busy");
    assertThat(root.get("/v1/namespaces/busy").expect(200).body().getString("model"))
        .isEqualTo(BGE);
    assertAsMadeWith(BGE, "busy", contents, OF_BATCHES);
    JsonObject alike = ask("busy", "x", 1).put("routing", "vector").put("embedding", own);
    assertThat(ids(root.post(RECALL, alike).expect(200))).containsExactly("own");

    root.post(reembed("busy"), model(TINY)).expect(200);
    awaitDone("busy");
    contents.put("own", "brought along");
    assertAsMadeWith(TINY, "busy", contents, OF_BATCHES);
  }

  private static void assertMoving(ApiClient.Reply reply, String model) {
    assertThat(reply.body().getString("state")).isEqualTo("moving");
    assertThat(reply.body().getString("model")).isEqualTo(model);
    assertThat(reply.body().getString("from_model")).isEqualTo(BGE);
  }

  /** Moves a namespace while it is written to and asked, each answer compared with the contents. */
  private static void move(String namespace, String model, Map<String, String> contents) {
    SplittableRandom random = new SplittableRandom(model.hashCode());
    JsonObject progress = root.post(reembed(namespace), model(model)).expect(200).body();
    int step = 0;
    while (progress.getString("state").equals("moving")) {
      String mark = model.substring(0, 4) + step;
      String id = "w" + mark;
      put(namespace, id, content(mark, step), contents);
      assertFound(namespace, mark, id, contents);

      String changed = "m" + random.nextInt(10, MEMORIES);
      if (contents.containsKey(changed)) {
        String content = content("changed" + mark, step);
        root.send(
                "PUT",
                "/v1/memory/update/" + changed + "?namespace=" + namespace,
                new JsonObject().put("content", content).encode())
            .expect(200);
        contents.put(changed, content);
        assertFound(namespace, "changed" + mark, changed, contents);
      }
      String forgotten = "m" + random.nextInt(10, MEMORIES);
      if (contents.remove(forgotten) != null) {
        root.post(
                "/v1/memory/forget",
                new JsonObject()
                    .put("namespace", namespace)
                    .put("memory_ids", new JsonArray().add(forgotten)))
            .expect(200);
      }
      assertFound(namespace, "item3", "m3", contents);
      progress = root.get(reembed(namespace)).expect(200).body();
      assertThat(progress.getString("model")).isEqualTo(model);
      assertThat(progress.getInteger("total")).isEqualTo(contents.size());
      assertThat(progress.getInteger("remaining"))
          .isEqualTo(progress.getInteger("total") - progress.getInteger("moved"));
      step++;
    }
    assertThat(progress.getInteger("remaining")).isZero();
    assertThat(step).isPositive();
  }

  /** By its word the memory comes first; by vectors every memory is there, and no other. */
  private static void assertFound(
      String namespace, String word, String id, Map<String, String> contents) {
    JsonObject byWord = ask(namespace, word, 1).put("routing", "bm25");
    assertThat(ids(root.post(RECALL, byWord).expect(200))).containsExactly(id);
    JsonObject byVector = ask(namespace, "who sleeps near the river", 1_000);
    assertThat(ids(root.post(RECALL, byVector.put("routing", "vector")).expect(200)))
        .containsExactlyInAnyOrderElementsOf(contents.keySet());
  }

  private static void assertAsMadeWith(
      String model, String namespace, Map<String, String> contents, double tolerance) {
    String fresh = namespace + "-made-with-" + model.replace('.', '-');
    root.post("/v1/namespaces", model(model).put("name", fresh)).expect(201);
    contents.forEach((id, content) -> put(fresh, id, content, new HashMap<>()));
    for (String question : List.of("who sleeps near the river", "a blue bird", "the red house")) {
      Map<String, Double> made = similarities(fresh, question);
      Map<String, Double> moved = similarities(namespace, question);
      moved.keySet().retainAll(contents.keySet());
      assertThat(moved)
          .hasSameSizeAs(made)
          .allSatisfy(
              (id, score) -> assertThat(score).as(id).isCloseTo(made.get(id), within(tolerance)));
    }
  }

  private static Map<String, Double> similarities(String namespace, String question) {
    Map<String, Double> similarities = new HashMap<>();
    JsonObject ask = ask(namespace, question, 1_000).put("routing", "vector");
    for (Object hit : root.post(RECALL, ask).expect(200).memories()) {
      JsonObject found = (JsonObject) hit;
      similarities.put(
          found.getJsonObject("memory").getString("id"), found.getDouble("vector_score"));
    }
    return similarities;
  }

  private static void awaitDone(String namespace) {
    JsonObject progress;
    do {
      progress = root.get(reembed(namespace)).expect(200).body();
    } while (progress.getString("state").equals("moving"));
    assertThat(progress.getInteger("remaining")).isZero();
  }

  private static void put(
      String namespace, String id, String content, Map<String, String> contents) {
    put(namespace, id, new JsonObject().put("content", content));
    contents.put(id, content);
  }

  private static void put(String namespace, String id, JsonObject memory) {
    root.post(STORE, memory.put("namespace", namespace).put("id", id)).expect(200);
  }

  private static String content(String mark, int i) {
    return "%s %s %s %s"
        .formatted(
            SUBJECTS.get(i % SUBJECTS.size()),
            DEEDS.get(i % DEEDS.size()),
            SUBJECTS.get(i / SUBJECTS.size() % SUBJECTS.size()),
            mark);
  }

  private static JsonObject ask(String namespace, String query, int most) {
    return new JsonObject()
        .put("namespace", namespace)
        .put("query", query)
        .put("scoring", "relevance")
        .put("neighborhood", false)
        .put("top_k", most);
  }

  private static List<String> ids(ApiClient.Reply reply) {
    JsonArray hits = reply.memories();
    return IntStream.range(0, hits.size())
        .mapToObj(i -> hits.getJsonObject(i).getJsonObject("memory").getString("id"))
        .toList();
  }

  /** What of a memory its writes alone say. */
  private static List<Object> written(ApiClient.Reply reply) {
    List<Object> written = new ArrayList<>();
    for (String field : List.of("content", "created_at", "updated_at", "provenance")) {
      written.add(reply.body().getValue(field));
    }
    return written;
  }

  private static String reembed(String namespace) {
    return "/v1/namespaces/" + namespace + "/reembed";
  }

  private static JsonObject model(String model) {
    return new JsonObject().put("model", model);
  }
}
