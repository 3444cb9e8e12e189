package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers say of memories, and what a store does with what is there already. */
class AppraisalRoutesTest extends WholeNodeTest {
  private static final String STORE = "/v1/memory/store";

  @ParameterizedTest
  @CsvSource({
    "upvote, 0.575, up",
    "positive, 0.575, up",
    "downvote, 0.425, down",
    "negative, 0.425, down",
    "flag, 0.5, flags"
  })
  void feedbackMovesTheImportanceAndIsCounted(String signal, double importance, String counted) {
    JsonObject memory = store(memory("votes", "voted on"));
    String id = memory.getString("id");
    JsonObject answer =
        root.post("/v1/memories/" + id + "/feedback", new JsonObject().put("signal", signal))
            .expect(200)
            .body();
    assertThat(answer.getDouble("new_importance")).isEqualTo(importance);
    JsonObject now = root.get("/v1/memory/get/" + id).expect(200).body();
    assertThat(now.getJsonObject("feedback").getInteger(counted)).isEqualTo(1);
    assertThat(now.getInteger("version")).isEqualTo(2);
    root.post("/v1/memory/feedback", new JsonObject().put("memory_id", id).put("signal", signal))
        .expect(200);
    assertThat(
            root.get("/v1/memory/get/" + id)
                .expect(200)
                .body()
                .getJsonObject("feedback")
                .getInteger(counted))
        .isEqualTo(2);
  }

  @Test
  void whatIsVerifiedComesBeforeWhatIsNotUntilItIsChanged() {
    for (String other : List.of("Rain is falling", "Tea is ready", "The tram was late again")) {
      store(memory("checked", other));
    }
    store(memory("checked", "The bridge is open to bicycles"));
    String id = store(memory("checked", "The bridge is open to bicycles!")).getString("id");
    JsonObject ask = new JsonObject().put("namespace", "checked").put("query", "bicycles bridge");
    root.post("/v1/memories/" + id + "/verify", new JsonObject()).expect(200);
    JsonObject best = root.post("/v1/memory/recall", ask).expect(200).memories().getJsonObject(0);
    assertThat(best.getJsonObject("memory").getString("id")).isEqualTo(id);
    assertThat(best.getJsonObject("memory").getBoolean("verified")).isTrue();
    for (JsonObject only :
        List.of(
            ask.copy().put("verified_only", true),
            ask.copy().put("filter", new JsonObject().put("verified", true)))) {
      assertThat(root.post("/v1/memory/recall", only).expect(200).memories()).hasSize(1);
    }
    root.send("PUT", "/v1/memory/update/" + id, "{\"tags\":[\"bridge\"]}").expect(200);
    assertThat(root.get("/v1/memory/get/" + id).expect(200).body().getBoolean("verified")).isTrue();
    root.send("PUT", "/v1/memory/update/" + id, "{\"content\":\"The bridge is closed\"}")
        .expect(200);
    assertThat(root.get("/v1/memory/get/" + id).expect(200).body().getBoolean("verified"))
        .isFalse();
  }

  @Test
  void whoSaysByWhichQuestionsItIsFoundSaysSomethingNew() {
    JsonObject known = new JsonObject().put("namespace", "moved").put("content", "pay the invoice");
    String id =
        root.post("/v1/memory/store", known.put("embedding", new JsonArray().add(1).add(0)))
            .expect(200)
            .body()
            .getJsonObject("memory")
            .getString("id");
    root.post("/v1/memories/" + id + "/verify", new JsonObject()).expect(200);
    ApiClient writer = root.keyWith("writer", ApiClient.grant("moved", "write"));
    for (String patch :
        List.of(
            "{\"embedding\":[0,1]}", "{\"embedding\":[0.6,0.8],\"content\":\"pay the invoice\"}")) {
      root.post("/v1/memories/" + id + "/verify", new JsonObject()).expect(200);
      writer.send("PUT", "/v1/memory/update/" + id, patch).expect(200);
      JsonObject now = root.get("/v1/memory/get/" + id).expect(200).body();
      assertThat(now.getBoolean("verified")).isFalse();
      assertThat(now.getJsonObject("provenance").getString("author")).isEqualTo("writer");
    }
  }

  @Test
  void verifyingIsARightOfItsOwn() {
    String id = store(memory("sealed", "x")).getString("id");
    ApiClient writer = root.keyWith("writer", grant("sealed", "write"));
    writer
        .post("/v1/memories/" + id + "/verify", new JsonObject())
        .refused(403, "INSUFFICIENT_SCOPE");
    writer
        .post("/v1/memories/" + id + "/feedback", new JsonObject().put("signal", "flag"))
        .expect(200);
    root.keyWith("verifier", grant("sealed", "verify"))
        .post("/v1/memories/" + id + "/verify", new JsonObject())
        .expect(200);
    ApiClient reader = root.keyWith("reader", grant("sealed", "read"));
    reader
        .post("/v1/memories/" + id + "/feedback", new JsonObject().put("signal", "flag"))
        .refused(403, "INSUFFICIENT_SCOPE");
  }

  @Test
  void whoJudgesAMemoryIsNotItsAuthor() {
    JsonObject before = store(memory("judged", "The harbour gate code is heron"));
    String id = before.getString("id");
    ApiClient other = root.keyWith("other", grant("judged", "admin"));
    other
        .post("/v1/memories/" + id + "/feedback", new JsonObject().put("signal", "downvote"))
        .expect(200);
    other.post("/v1/memories/" + id + "/verify", new JsonObject()).expect(200);
    JsonObject after = root.get("/v1/memory/get/" + id).expect(200).body();
    JsonObject provenance = after.getJsonObject("provenance");
    JsonObject stored = before.getJsonObject("provenance");
    assertThat(provenance.getString("author_key_id")).isEqualTo(stored.getString("author_key_id"));
    assertThat(provenance.getLong("written_at")).isEqualTo(stored.getLong("written_at"));
    assertThat(provenance.getLong("version")).isEqualTo(3);
    assertThat(after.getLong("updated_at")).isEqualTo(before.getLong("updated_at"));
  }

  @Test
  void withoutThePolicyEveryStoreIsKept() {
    store(memory("kept", "The same thing"));
    store(memory("kept", "The same thing"));
    assertThat(count("kept")).isEqualTo(2);
  }

  @Test
  void withThePolicyARepeatIsFoldedIntoWhatIsThere() {
    fold("folded");
    JsonObject first = store(memory("folded", "At 10:30 the deploy key rotates"));
    for (String repeat :
        List.of(
            "At 10:30 the deploy key rotates",
            "At 10:30  the deploy key rotates.",
            " At 10:30 the deploy\tkey rotates")) {
      JsonObject answer = root.post(STORE, memory("folded", repeat)).expect(200).body();
      assertThat(answer.getBoolean("deduplicated")).as(repeat).isTrue();
      assertThat(answer.getJsonObject("memory").getString("id")).isEqualTo(first.getString("id"));
    }
    assertThat(count("folded")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The deploy key rotates on Mondays at 11:30",
        "The deploy key rotates on Tuesdays at 10:30",
        "The deploy key does not rotate on Mondays at 10:30",
        "The deploy key never rotates on Mondays at 10:30",
        "The deploy key of Anna rotates on Mondays at 10:30",
        "The deploy key rotates on Mondays at 10:30 or -10:30",
        "The display key rotates on Mondays at 10:30"
      })
  void anUpdateIsNeverTakenForARepeat(String update) {
    fold("updated");
    store(memory("updated", "The deploy key rotates on Mondays at 10:30"));
    JsonObject answer = root.post(STORE, memory("updated", update)).expect(200).body();
    assertThat(answer.getJsonObject("memory").getString("content")).isEqualTo(update);
    root.delete("/v1/namespaces/updated").expect(200);
  }

  @Test
  void whoPaysWhomIsNotTheSame() {
    fold("order");
    store(memory("order", "Alice pays Bob"));
    store(memory("order", "Bob pays Alice"));
    store(memory("order", "The light is not on"));
    store(memory("order", "The light is on"));
    assertThat(count("order")).isEqualTo(4);
  }

  @Test
  void otherTagsMetadataOrIdsAreKept() {
    fold("fields");
    JsonObject plain = memory("fields", "The lift is out of order");
    store(plain);
    store(plain.copy().put("tags", new JsonArray().add("lift")));
    store(plain.copy().put("metadata", new JsonObject().put("floor", 3)));
    store(plain.copy().put("importance", 0.9));
    store(plain.copy().put("memory_type", "semantic"));
    store(plain.copy().put("id", "my-own"));
    store(plain.copy().put("valid_from", 1_700_000_000));
    assertThat(count("fields")).isEqualTo(7);
  }

  @Test
  void repeatsWithinABatchAreFoldedToo() {
    fold("batch");
    JsonArray rows = new JsonArray();
    for (String content : List.of("one", "two", "one", "three", "two")) {
      rows.add(new JsonObject().put("content", content));
    }
    JsonObject answer =
        root.post(
                "/v1/memories/store/batch",
                new JsonObject().put("namespace", "batch").put("memories", rows))
            .expect(200)
            .body();
    JsonArray stored = answer.getJsonArray("stored");
    assertThat(stored).hasSize(5);
    assertThat(stored.getJsonObject(2).getString("id"))
        .isEqualTo(stored.getJsonObject(0).getString("id"));
    assertThat(answer.getJsonArray("deduplicated")).containsExactly(2, 4);
    assertThat(count("batch")).isEqualTo(3);
  }

  private static void fold(String namespace) {
    root.post("/v1/namespaces", new JsonObject().put("name", namespace)).expect(201);
    String path = "/v1/namespaces/" + namespace + "/memory_policy";
    assertThat(root.get(path).expect(200).body().getBoolean("dedup_on_store")).isFalse();
    assertThat(
            root.send("PUT", path, "{\"dedup_on_store\":true}")
                .expect(200)
                .body()
                .getDouble("dedup_threshold"))
        .isEqualTo(0.92);
    assertThat(root.get(path).expect(200).body().getBoolean("dedup_on_store")).isTrue();
  }

  private static int count(String namespace) {
    return root.get("/v1/namespaces/" + namespace).expect(200).body().getInteger("vector_count");
  }

  private static JsonObject memory(String namespace, String content) {
    return new JsonObject().put("namespace", namespace).put("content", content);
  }

  private static JsonObject store(JsonObject memory) {
    return root.post(STORE, memory).expect(200).memory();
  }
}
