package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are sent again under their {@code Idempotency-Key}. */
class IdempotencyTest extends WholeNodeTest {
  private static final String STORE = "/v1/memory/store";
  private static final String BATCH = "/v1/memories/store/batch";
  private static final String KEY = "Idempotency-Key";
  private static final int AT_ONCE = 12;

  @Test
  void aStoreThatIsSentAgainHasTheFirstAnswerWhateverBecameOfTheMemory() {
    ApiClient client = root.with(KEY, "3f1b2c");
    JsonObject memory =
        new JsonObject()
            .put("namespace", "retried")
            .put("content", "the deploy key rotates on Mondays")
            .put("metadata", new JsonObject().put("a", 1).put("b", 2.5))
            .put("ttl_seconds", 3_600);
    ApiClient.Reply first = client.post(STORE, memory).expect(200);
    String id = first.memory().getString("id");
    assertSame(client.post(STORE, memory), first);
    root.send("PUT", "/v1/memory/update/" + id, "{\"content\":\"on Tuesdays\"}").expect(200);
    assertSame(client.post(STORE, memory), first);
    assertThat(root.get("/v1/memory/get/" + id).expect(200).body().getString("content"))
        .isEqualTo("on Tuesdays");
    JsonObject forget =
        new JsonObject().put("namespace", "retried").put("memory_ids", new JsonArray().add(id));
    root.post("/v1/memory/forget", forget).expect(200);
    assertSame(client.post(STORE, memory), first);
    assertThat(count("retried")).isZero();
    assertThat(root.with(KEY, "3f1b2d").post(STORE, memory).expect(200).memory().getString("id"))
        .isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void aStoreUnderAnIdOfTheClientsOwnIsMadeOnce(int shards) {
    String namespace = "own-ids-" + shards;
    make(namespace, shards);
    for (int i = 0; i < 20; i++) {
      ApiClient client = root.with(KEY, "k" + i);
      JsonObject memory =
          new JsonObject().put("namespace", namespace).put("id", "m" + i).put("content", "c" + i);
      ApiClient.Reply first = client.post(STORE, memory).expect(200);
      root.post(STORE, memory.copy().put("content", "newer")).expect(200);
      assertSame(client.post(STORE, memory), first);
      assertThat(
              root.get("/v1/memory/get/m" + i + "?namespace=" + namespace)
                  .body()
                  .getString("content"))
          .isEqualTo("newer");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "7, false", "7, true"})
  void aBatchThatIsSentAgainHasTheFirstAnswer(int shards, boolean ownIds) {
    String namespace = "batches-" + shards + "-" + ownIds;
    make(namespace, shards);
    JsonArray rows = new JsonArray();
    for (int i = 0; i < 30; i++) {
      JsonObject row = new JsonObject().put("content", "content " + i);
      rows.add(ownIds && i % 2 == 0 ? row.put("id", "own-" + i) : row);
    }
    JsonObject batch = new JsonObject().put("namespace", namespace).put("memories", rows);
    ApiClient client = root.with(KEY, "batch-1");
    ApiClient.Reply first = client.post(BATCH, batch).expect(200);
    assertSame(client.post(BATCH, batch), first);
    assertSame(client.post(BATCH, batch), first);
    assertThat(count(namespace)).isEqualTo(30);
    JsonArray stored = first.body().getJsonArray("stored");
    for (int i = 0; i < 30; i++) {
      assertThat(stored.getJsonObject(i).getString("content")).isEqualTo("content " + i);
    }
  }

  @Test
  void theSameRequestInAnotherLayoutIsTheSame() {
    ApiClient client = root.with(KEY, "layout");
    ApiClient.Reply first =
        client.send(
            "POST",
            STORE,
            "{\"namespace\":\"layout\",\"content\":\"x\",\"metadata\":{\"a\":1,\"b\":2}}");
    first.expect(200);
    assertSame(
        client.send(
            "POST",
            STORE,
            "{ \"metadata\" : {\"b\":2, \"a\":1},\n \"content\":\"\\u0078\", \"namespace\":\"layout\"}"),
        first);
    assertSame(
        client.send(
            "POST",
            "/v1/memories",
            "{\"namespace\":\"layout\",\"content\":\"x\",\"metadata\":{\"a\":1,\"b\":2}}"),
        first);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void theSameKeyWithAnotherRequestIsRefusedAndChangesNothing(int shards) {
    String namespace = "mixed-up-" + shards;
    make(namespace, shards);
    JsonObject memory =
        new JsonObject().put("namespace", namespace).put("id", "a").put("content", "x");
    ApiClient client = root.with(KEY, "mixed");
    client.post(STORE, memory).expect(200);
    String before = root.state();
    JsonArray rows = new JsonArray();
    for (int i = 0; i < 20; i++) {
      rows.add(new JsonObject().put("content", "c").put("id", "row-" + i));
    }
    client.post(STORE, memory.copy().put("content", "y")).refused(422, "IDEMPOTENCY_KEY_REUSED");
    client.post(STORE, memory.copy().put("id", "b")).refused(422, "IDEMPOTENCY_KEY_REUSED");
    client
        .post(STORE, memory.copy().putNull("session_id").put("importance", 1))
        .refused(422, "IDEMPOTENCY_KEY_REUSED");
    client.with("If-Match", "\"1\"").post(STORE, memory).refused(422, "IDEMPOTENCY_KEY_REUSED");
    client
        .post(BATCH, new JsonObject().put("namespace", namespace).put("memories", rows))
        .refused(422, "IDEMPOTENCY_KEY_REUSED");
    client
        .send("PUT", "/v1/memory/update/a?namespace=" + namespace, "{\"importance\":1}")
        .refused(422, "IDEMPOTENCY_KEY_REUSED");
    assertThat(root.state()).isEqualTo(before);
  }

  @Test
  void aChangeThatIsSentAgainCountsOnce() {
    make("changed", 7);
    JsonObject memory =
        new JsonObject().put("namespace", "changed").put("id", "a").put("content", "x");
    root.post(STORE, memory).expect(200);
    ApiClient client = root.with(KEY, "vote");
    JsonObject vote = new JsonObject().put("signal", "upvote").put("namespace", "changed");
    ApiClient.Reply first = client.post("/v1/memories/a/feedback", vote).expect(200);
    root.post("/v1/memories/a/feedback", vote).expect(200);
    assertSame(client.post("/v1/memories/a/feedback", vote), first);
    JsonObject voted = root.get("/v1/memory/get/a?namespace=changed").body();
    assertThat(voted.getJsonObject("feedback").getInteger("up")).isEqualTo(2);
    ApiClient conditional = root.with(KEY, "set").with("If-Match", "\"3\"");
    String path = "/v1/memory/update/a?namespace=changed";
    ApiClient.Reply set = conditional.send("PUT", path, "{\"importance\":1}").expect(200);
    assertThat(set.headers().firstValue("ETag")).hasValue("\"4\"");
    root.send("PUT", path, "{\"importance\":0.5}").expect(200);
    assertSame(conditional.send("PUT", path, "{\"importance\":1}"), set);
    assertThat(conditional.send("PUT", path, "{\"importance\":1}").headers().firstValue("ETag"))
        .as("of the memory as this write left it")
        .hasValue("\"4\"");
  }

  @Test
  void aRefusalIsNotKept() {
    make("refused", 1);
    ApiClient client = root.with(KEY, "early");
    String path = "/v1/memory/update/late?namespace=refused";
    client.send("PUT", path, "{\"importance\":1}").refused(404, "MEMORY_NOT_FOUND");
    JsonObject memory =
        new JsonObject().put("namespace", "refused").put("id", "late").put("content", "x");
    root.post(STORE, memory).expect(200);
    client.send("PUT", path, "{\"importance\":1}").expect(200);
  }

  @Test
  void manyAtOnceUnderOneKeyHaveOneAnswer() throws Exception {
    make("at-once", 7);
    JsonObject memory = new JsonObject().put("namespace", "at-once").put("content", "x");
    ApiClient client = root.with(KEY, "at-once");
    List<ApiClient.Reply> replies = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<ApiClient.Reply>> running = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        running.add(threads.submit(() -> client.post(STORE, memory)));
      }
      for (Future<ApiClient.Reply> one : running) {
        replies.add(one.get());
      }
    }
    replies.forEach(reply -> assertSame(reply, replies.getFirst().expect(200)));
    assertThat(count("at-once")).isEqualTo(1);
  }

  @Test
  void nothingOfOneApiKeysRequestsShowsToAnother() {
    make("shared", 1);
    make("apart", 1);
    ApiClient one = root.keyWith("one", grant("shared", "write"), grant("apart", "write"));
    ApiClient other = root.keyWith("other", grant("shared", "write"));
    ApiClient reader = root.keyWith("reader", grant("shared", "read"));
    ApiClient stranger = root.keyWith("stranger", grant("elsewhere", "admin"));
    JsonObject memory = new JsonObject().put("namespace", "shared").put("content", "x");
    JsonObject changed = memory.copy().put("content", "y");
    ApiClient.Reply first = one.with(KEY, "taken").post(STORE, memory).expect(200);
    for (JsonObject body : List.of(memory, changed)) {
      for (ApiClient closed : List.of(reader, stranger)) {
        assertThat(refusal(closed.with(KEY, "taken").post(STORE, body)))
            .isEqualTo(refusal(closed.with(KEY, "free").post(STORE, body)))
            .containsEntry("status", 403);
      }
    }
    // The same name under another API key, or in another namespace, is another request's.
    ApiClient.Reply second = other.with(KEY, "taken").post(STORE, changed).expect(200);
    assertThat(second.memory().getString("id")).isNotEqualTo(first.memory().getString("id"));
    ApiClient.Reply third =
        one.with(KEY, "taken").post(STORE, memory.copy().put("namespace", "apart")).expect(200);
    assertThat(third.memory().getString("namespace")).isEqualTo("apart");
    assertSame(one.with(KEY, "taken").post(STORE, memory), first);
    assertThat(count("shared")).isEqualTo(2);
    assertThat(count("apart")).isEqualTo(1);
  }

  @Test
  void aNamespaceThatIsMadeAgainKnowsNothingOfTheFormerOne() {
    make("remade", 1);
    JsonObject memory = new JsonObject().put("namespace", "remade").put("content", "x");
    ApiClient client = root.with(KEY, "remade");
    client.post(STORE, memory).expect(200);
    root.delete("/v1/namespaces/remade").expect(200);
    client.post(STORE, memory.put("content", "y")).expect(200);
    assertThat(count("remade")).isEqualTo(1);
  }

  @Test
  void aStoreUnderAKeyIsNotFoldedIntoAnother() {
    make("folding", 1);
    root.send("PUT", "/v1/namespaces/folding/memory_policy", "{\"dedup_on_store\":true}")
        .expect(200);
    JsonObject memory = new JsonObject().put("namespace", "folding").put("content", "x");
    ApiClient.Reply first = root.with(KEY, "f1").post(STORE, memory).expect(200);
    assertSame(root.with(KEY, "f1").post(STORE, memory), first);
    root.with(KEY, "f2").post(STORE, memory).expect(200);
    assertThat(count("folding")).isEqualTo(2);
    assertThat(root.post(STORE, memory).expect(200).body().getBoolean("deduplicated")).isTrue();
  }

  @Test
  void toAskTwiceChangesNothingSoAQuestionMayHaveAKey() {
    make("asked", 1);
    root.with(KEY, "asked")
        .post("/v1/memory/recall", new JsonObject().put("namespace", "asked").put("query", "x"))
        .expect(200);
    root.with(KEY, "asked")
        .post(
            "/v1/memory/forget",
            new JsonObject().put("namespace", "asked").put("memory_ids", new JsonArray().add("a")))
        .refused(400, "INVALID_REQUEST");
  }

  private static void assertSame(ApiClient.Reply reply, ApiClient.Reply first) {
    assertThat(reply.status()).isEqualTo(first.status());
    assertThat(reply.body()).isEqualTo(first.body());
    assertThat(reply.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));
  }

  private static JsonObject withoutRequestId(ApiClient.Reply reply) {
    JsonObject body = reply.body().copy();
    body.remove("request_id");
    return body;
  }

  private static Map<String, Object> refusal(ApiClient.Reply reply) {
    return withoutRequestId(reply).put("status", reply.status()).getMap();
  }

  private void make(String namespace, int shards) {
    root.post("/v1/namespaces", new JsonObject().put("name", namespace).put("shards", shards))
        .expect(201);
  }

  private int count(String namespace) {
    return root.get("/v1/namespaces/" + namespace).expect(200).body().getInteger("vector_count");
  }
}
