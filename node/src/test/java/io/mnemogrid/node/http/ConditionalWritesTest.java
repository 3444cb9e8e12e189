package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that are made only if the memory is as the client knows it. */
class ConditionalWritesTest extends WholeNodeTest {
  private static final String STORE = "/v1/memory/store";
  private static final String FORGET = "/v1/memory/forget";
  private static final int CLIENTS = 8;
  private static final int INCREMENTS = 25;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT   | /v1/memory/update/%s               | {\"content\":\"other\"}",
        "PUT   | /v1/agents/conditions/memories/%s  | {\"tags\":[\"t\"]}",
        "POST  | /v1/memory/importance              | {\"memory_id\":\"%s\",\"importance\":1}",
        "PATCH | /v1/memories/%s/importance         | {\"importance\":0.25}",
        "POST  | /v1/memories/%s/feedback           | {\"signal\":\"upvote\"}",
        "POST  | /v1/memory/feedback                | {\"memory_id\":\"%s\",\"signal\":\"flag\"}",
        "POST  | /v1/memories/%s/verify             | {}",
        "POST  | /v1/memory/store                   | {\"namespace\":\"conditions\",\"id\":\"%s\",\"content\":\"new\"}",
        "POST  | /v1/memory/forget                  | {\"namespace\":\"conditions\",\"memory_ids\":[\"%s\"]}",
      })
  void everyChangeOfOneMemoryIsMadeOnlyIfItIsOfTheVersionSaid(
      String method, String path, String body) {
    String id = "m" + Integer.toHexString((method + path + body).hashCode());
    JsonObject memory = new JsonObject().put("namespace", "conditions").put("id", id);
    root.post(STORE, memory.copy().put("content", "first")).expect(200);
    root.post(STORE, memory.copy().put("content", "second")).expect(200);
    String before = root.state();
    String at = path.formatted(id);
    for (String stale : List.of("\"1\"", "\"3\"", "\"1\", \"3\"", "\"two\"", "\"\"")) {
      ApiClient.Reply refused = root.with("If-Match", stale).send(method, at, body.formatted(id));
      refused.refused(412, "PRECONDITION_FAILED");
      assertThat(refused.body().getInteger("current_version")).isEqualTo(2);
      assertThat(refused.headers().firstValue("ETag")).hasValue("\"2\"");
    }
    for (String malformed : List.of("2", "W/\"2\"", "\"2", "\"2\", W/\"3\"")) {
      ApiClient.Reply refused =
          root.with("If-Match", malformed).send(method, at, body.formatted(id));
      refused.refused(400, "INVALID_REQUEST");
      assertThat(refused.details()).contains("If-Match");
    }
    assertThat(root.state()).isEqualTo(before);
    root.with("If-Match", "\"7\" , \"2\"").send(method, at, body.formatted(id)).expect(200);
    root.with("If-Match", "\"2\"")
        .send(method, at, body.formatted(id))
        .refused(412, "PRECONDITION_FAILED");
    assertThat(root.state()).isNotEqualTo(before);
  }

  @Test
  void aStarAsksThatThereBeAMemory() {
    JsonObject memory = new JsonObject().put("namespace", "starred").put("id", "s");
    ApiClient any = root.with("If-Match", "*");
    root.post("/v1/namespaces", new JsonObject().put("name", "starred")).expect(201);
    ApiClient.Reply none = any.post(STORE, memory.copy().put("content", "x"));
    none.refused(412, "PRECONDITION_FAILED");
    assertThat(none.body().containsKey("current_version")).isFalse();
    assertThat(none.headers().firstValue("ETag")).isEmpty();
    root.post(STORE, memory.copy().put("content", "x")).expect(200);
    any.post(STORE, memory.copy().put("content", "y")).expect(200);
    any.post(FORGET, forget("starred", "s")).expect(200);
    any.post(FORGET, forget("starred", "s")).refused(412, "PRECONDITION_FAILED");
  }

  @Test
  void aMemoryThatIsNotThereIsNotFoundWhateverItsCondition() {
    root.post("/v1/namespaces", new JsonObject().put("name", "empty")).expect(201);
    for (String tag : List.of("*", "\"1\"")) {
      root.with("If-Match", tag)
          .send("PUT", "/v1/memory/update/nothing?namespace=empty", "{\"importance\":1}")
          .refused(404, "MEMORY_NOT_FOUND");
    }
  }

  @Test
  void aStoreThatMustNotWriteOverFailsWhereThereIsAMemory() {
    JsonObject memory =
        new JsonObject().put("namespace", "once").put("id", "o").put("content", "first");
    ApiClient fresh = root.with("If-None-Match", "*");
    fresh.post(STORE, memory).expect(200);
    ApiClient.Reply second = fresh.post(STORE, memory.copy().put("content", "second"));
    second.refused(412, "PRECONDITION_FAILED");
    assertThat(second.body().getInteger("current_version")).isEqualTo(1);
    assertThat(root.get("/v1/memory/get/o?namespace=once").body().getString("content"))
        .isEqualTo("first");
    fresh.post(STORE, new JsonObject().put("namespace", "once").put("content", "x")).expect(200);
    ApiClient.Reply tags = root.with("If-None-Match", "\"1\"").post(STORE, memory);
    tags.refused(400, "INVALID_REQUEST");
    assertThat(tags.details()).startsWith("If-None-Match must be *");
  }

  @Test
  void aVersionThatWasReadIsNeverThatOfAMemoryThatCameAfter() {
    JsonObject memory = new JsonObject().put("namespace", "again").put("id", "a");
    root.post(STORE, memory.copy().put("content", "first")).expect(200);
    root.post(FORGET, forget("again", "a")).expect(200);
    ApiClient.Reply again =
        root.with("If-None-Match", "*").post(STORE, memory.copy().put("content", "second"));
    assertThat(again.expect(200).headers().firstValue("ETag")).hasValue("\"3\"");
    root.with("If-Match", "\"1\"")
        .post(FORGET, forget("again", "a"))
        .refused(412, "PRECONDITION_FAILED");
  }

  @Test
  void conditionsThatMakeNoSenseAreRefusedSayingWhy() {
    JsonObject memory = new JsonObject().put("namespace", "sense").put("content", "x");
    ApiClient.Reply both =
        root.with("If-Match", "\"1\"")
            .with("If-None-Match", "*")
            .post(STORE, memory.copy().put("id", "m"));
    both.refused(400, "INVALID_REQUEST");
    assertThat(both.details()).contains("send one of them");
    ApiClient.Reply noId = root.with("If-Match", "*").post(STORE, memory);
    noId.refused(400, "INVALID_REQUEST");
    assertThat(noId.details()).startsWith("id: If-Match");
    root.post(STORE, memory.copy().put("id", "m")).expect(200);
    JsonObject two =
        new JsonObject()
            .put("namespace", "sense")
            .put("memory_ids", new JsonArray().add("m").add("n"));
    ApiClient.Reply many = root.with("If-Match", "\"1\"").post(FORGET, two);
    many.refused(400, "INVALID_REQUEST");
    assertThat(many.details()).contains("about one memory");
    JsonObject filter = new JsonObject().put("namespace", "sense").put("session_id", "s");
    root.with("If-Match", "\"1\"").post(FORGET, filter).refused(400, "INVALID_REQUEST");
    JsonObject batch =
        new JsonObject()
            .put("namespace", "sense")
            .put("memories", new JsonArray().add(new JsonObject().put("content", "x")));
    root.with("If-None-Match", "*")
        .post("/v1/memories/store/batch", batch)
        .refused(400, "INVALID_REQUEST");
    root.with("If-Match", "*")
        .post("/v1/memory/recall", new JsonObject().put("namespace", "sense").put("query", "x"))
        .refused(400, "INVALID_REQUEST");
    assertThat(root.get("/v1/namespaces/sense").body().getInteger("vector_count")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"0\", \"1\"", "*"})
  void aReaderWhoHasTheMemoryIsNotSentItAgain(String known) {
    JsonObject memory =
        new JsonObject().put("namespace", "readers").put("id", "r").put("content", "x");
    root.post(STORE, memory).status();
    ApiClient.Reply first = root.get("/v1/memory/get/r?namespace=readers").expect(200);
    String etag = first.headers().firstValue("ETag").orElseThrow();
    ApiClient reader = root.with("If-None-Match", known.replace("1", etag.replace("\"", "")));
    ApiClient.Reply unchanged = reader.get("/v1/memory/get/r?namespace=readers").expect(304);
    assertThat(unchanged.headers().firstValue("ETag")).hasValue(etag);
    root.with("If-None-Match", "\"999\"").get("/v1/memory/get/r?namespace=readers").expect(200);
    root.with("If-None-Match", "999")
        .get("/v1/memory/get/r?namespace=readers")
        .refused(400, "INVALID_REQUEST");
  }

  @Test
  void incrementsOfManyClientsAreAllCounted() throws Exception {
    JsonObject counter =
        new JsonObject()
            .put("namespace", "counters")
            .put("id", "c")
            .put("content", "a counter")
            .put("metadata", new JsonObject().put("n", 0));
    root.post(STORE, counter).expect(200);
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            clients.submit(() -> {
              for (int done = 0; done < INCREMENTS; done += increment() ? 1 : 0) {}
            }));
      }
      for (Future<?> client : running) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a client failed", e.getCause());
    }
    JsonObject counted = root.get("/v1/memory/get/c?namespace=counters").expect(200).body();
    assertThat(counted.getJsonObject("metadata").getInteger("n")).isEqualTo(CLIENTS * INCREMENTS);
    assertThat(counted.getInteger("version")).isEqualTo(CLIENTS * INCREMENTS + 1);
  }

  /** Whether the increment was made; else another one came between. */
  private boolean increment() {
    ApiClient.Reply read = root.get("/v1/memory/get/c?namespace=counters").expect(200);
    int next = read.body().getJsonObject("metadata").getInteger("n") + 1;
    JsonObject change = new JsonObject().put("metadata", new JsonObject().put("n", next));
    ApiClient.Reply written =
        root.with("If-Match", read.headers().firstValue("ETag").orElseThrow())
            .send("PUT", "/v1/memory/update/c?namespace=counters", change.encode());
    assertThat(written.status()).isIn(200, 412);
    return written.status() == 200;
  }

  private static JsonObject forget(String namespace, String id) {
    return new JsonObject().put("namespace", namespace).put("memory_ids", new JsonArray().add(id));
  }
}
