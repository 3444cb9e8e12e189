package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryRoutesTest extends WholeNodeTest {
  private static final String STORE = "/v1/memory/store";
  private static final String FORGET = "/v1/memory/forget";

  @Test
  void aStoreThatIsRefusedMakesNoNamespaceAndOneWithOwnVectorsMakesItToFit() {
    JsonObject tiny =
        new JsonObject()
            .put("namespace", "fitting")
            .put("content", "x")
            .put("embedding", new JsonArray().add(1e-45).add(0).add(0));
    root.post(STORE, tiny).refused(400, "EMPTY_VECTOR");
    root.get("/v1/namespaces/fitting").refused(404, "NAMESPACE_NOT_FOUND");
    root.post(STORE, tiny.put("embedding", new JsonArray().add(1).add(0).add(0))).expect(200);
    assertThat(root.get("/v1/namespaces/fitting").body().getInteger("dimension")).isEqualTo(3);
    JsonObject ask = new JsonObject().put("namespace", "fitting").put("query", "x");
    assertThat(found(ask)).isEqualTo(1); // by words alone
    root.post("/v1/memory/recall", ask.put("routing", "hybrid")).refused(400, "INVALID_REQUEST");
  }

  @Test
  void everySpellingOfANamespaceIsTheSame() {
    for (JsonObject spelled :
        List.of(
            new JsonObject().put("namespace", "spelled"),
            new JsonObject().put("agent_id", "spelled"),
            new JsonObject().put("agent_id", "_dakera_agent_spelled"),
            new JsonObject()
                .put("namespace", "spelled")
                .put("agent_id", "_dakera_agent_spelled"))) {
      JsonObject memory = root.post(STORE, spelled.put("content", "x")).expect(200).memory();
      assertThat(memory.getString("namespace")).isEqualTo("spelled");
      assertThat(memory.getString("agent_id")).isEqualTo("spelled");
    }
    assertThat(
            root.get("/v1/namespaces/_dakera_agent_spelled")
                .expect(200)
                .body()
                .getInteger("vector_count"))
        .isEqualTo(4);
    ApiClient.Reply two =
        root.post(
            STORE,
            new JsonObject()
                .put("namespace", "spelled")
                .put("agent_id", "other")
                .put("content", "x"));
    two.refused(400, "INVALID_REQUEST");
    assertThat(two.details()).contains("namespace and agent_id");
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', 0.5",
    "'{\"importance\":0.3}', 0.3",
    "'{\"importance\":7}', 1.0",
    "'{\"importance\":-2}', 0.0",
    "'{\"metadata\":{\"importance\":0.3}}', 0.3",
    "'{\"metadata\":{\"importance\":\"high\"}}', 0.5",
    "'{\"importance\":0.9,\"metadata\":{\"importance\":0.3}}', 0.9",
    "'{\"importance\":null,\"metadata\":{\"importance\":3}}', 1.0",
  })
  void importanceIsTakenFromWhereItIsSaidAndClamped(String fields, double expected) {
    JsonObject body = new JsonObject(fields).put("namespace", "weighed").put("content", "x");
    assertThat(root.post(STORE, body).expect(200).memory().getDouble("importance"))
        .isEqualTo(expected);
  }

  @Test
  void provenanceIsTheServersAlone() {
    JsonObject forged =
        new JsonObject()
            .put("namespace", "stamped")
            .put("content", "hello")
            .put("author", "somebody else")
            .put("provenance", new JsonObject().put("author", "somebody else").put("version", 77))
            .put("version", 77)
            .put("created_at", 1);
    ApiClient.Reply stored = root.post(STORE, forged).expect(200);
    JsonObject provenance = stored.memory().getJsonObject("provenance");
    assertThat(provenance.getString("author")).isEqualTo("root");
    assertThat(provenance.getInteger("version")).isEqualTo(1);
    assertThat(provenance.getString("content_sha256"))
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(stored.headers().firstValue("ETag")).hasValue("\"1\"");
    String id = stored.memory().getString("id");
    ApiClient.Reply updated =
        root.send("PUT", "/v1/memory/update/" + id, "{\"content\":\"bye\"}").expect(200);
    assertThat(updated.headers().firstValue("ETag")).hasValue("\"2\"");
    assertThat(root.get("/v1/memory/get/" + id).headers().firstValue("ETag")).hasValue("\"2\"");
  }

  @Test
  void metadataComesBackAsItWent() {
    JsonObject metadata =
        new JsonObject(
            "{\"s\":\"é😀\",\"n\":null,\"i\":9007199254740993,\"big\":123456789012345678901,"
                + "\"d\":0.1,\"a\":[1,[2,{}]],\"o\":{\"p\":{}},\"\":\"\"}");
    JsonObject memory =
        root.post(
                STORE,
                new JsonObject()
                    .put("namespace", "kept")
                    .put("content", "x")
                    .put("metadata", metadata))
            .expect(200)
            .memory();
    assertThat(memory.getJsonObject("metadata").encode()).isEqualTo(metadata.encode());
  }

  @Test
  void aClientsOwnIdIsKeptAndWrittenOver() {
    JsonObject body =
        new JsonObject().put("namespace", "own").put("id", "fact:1").put("content", "a");
    root.post(STORE, body).expect(200);
    JsonObject again = root.post(STORE, body.copy().put("content", "b")).expect(200).memory();
    assertThat(again.getInteger("version")).isEqualTo(2);
    assertThat(
            root.get("/v1/memory/get/fact:1?agent_id=own").expect(200).body().getString("content"))
        .isEqualTo("b");
  }

  @Test
  void anIdThatStandsInTwoNamespacesMustBeSaidWithOne() {
    for (String namespace : List.of("twin-a", "twin-b")) {
      root.post(
              STORE,
              new JsonObject()
                  .put("namespace", namespace)
                  .put("id", "twin")
                  .put("content", namespace))
          .expect(200);
    }
    root.get("/v1/memory/get/twin").refused(400, "INVALID_REQUEST");
    assertThat(
            root.get("/v1/memory/get/twin?namespace=twin-b")
                .expect(200)
                .body()
                .getString("content"))
        .isEqualTo("twin-b");
    ApiClient one = root.keyWith("one", grant("twin-a", "read"));
    assertThat(one.get("/v1/memory/get/twin").expect(200).body().getString("content"))
        .isEqualTo("twin-a");
  }

  @Test
  void timesToLiveBecomeTimesOfExpiry() {
    long now = Instant.now().getEpochSecond();
    JsonObject body = new JsonObject().put("namespace", "timed").put("content", "x");
    JsonObject byTtl = root.post(STORE, body.copy().put("ttl_seconds", 100)).expect(200).memory();
    assertThat(byTtl.getLong("expires_at")).isBetween(now + 100, now + 160);
    JsonObject both =
        root.post(STORE, body.copy().put("ttl_seconds", 100).put("expires_at", now + 5_000))
            .expect(200)
            .memory();
    assertThat(both.getLong("expires_at")).isEqualTo(now + 5_000);
    ApiClient.Reply past = root.post(STORE, body.copy().put("expires_at", now - 5));
    past.refused(400, "INVALID_REQUEST");
    assertThat(past.details()).startsWith("expires_at must be in the future");
  }

  @Test
  void aBatchIsStoredWholeOrNotAtAll() {
    JsonArray rows = new JsonArray();
    for (int i = 0; i < 1_000; i++) {
      rows.add(new JsonObject().put("content", "row " + i));
    }
    JsonObject batch = new JsonObject().put("agent_id", "batch").put("memories", rows);
    JsonArray stored =
        root.post("/v1/memories/store/batch", batch).expect(200).body().getJsonArray("stored");
    assertThat(stored).hasSize(1_000);
    assertThat(stored.getJsonObject(999).getString("content")).isEqualTo("row 999");

    rows.getJsonObject(3).put("content", "");
    rows.getJsonObject(7).put("importance", "high");
    for (int i = 500; i < 600; i++) {
      rows.getJsonObject(i).put("tags", "not a list");
    }
    String before = root.state();
    ApiClient.Reply refused = root.post("/v1/memories/store/batch", batch);
    refused.refused(400, "INVALID_REQUEST");
    assertThat(refused.details())
        .contains("memories[3].content must be a string of 1 to 100000 bytes of UTF-8, was \"\"")
        .contains("memories[7].importance must be a number, was \"high\"")
        .contains("memories[500].tags")
        .endsWith("and 82 more");
    assertThat(root.state()).isEqualTo(before);
  }

  @Test
  void recallIsOrderedAndFiltered() {
    JsonObject here = new JsonObject().put("namespace", "asked");
    root.post(
            STORE,
            here.copy()
                .put("content", "apples grow on trees")
                .put("importance", 0.9)
                .put("tags", new JsonArray().add("fruit").add("tree"))
                .put("session_id", "s1")
                .put("memory_type", "semantic"))
        .expect(200);
    root.post(
            STORE,
            here.copy()
                .put("content", "trains run on rails")
                .put("importance", 0.1)
                .put("tags", new JsonArray().add("rail")))
        .expect(200);
    JsonObject ask = here.copy().put("query", "apples on trees");

    JsonArray all = root.post("/v1/memories/recall", ask).expect(200).memories();
    assertThat(all).hasSize(2);
    JsonObject best = all.getJsonObject(0);
    assertThat(best.getJsonObject("memory").getString("content")).startsWith("apples");
    assertThat(best.getDouble("smart_score"))
        .isGreaterThan(all.getJsonObject(1).getDouble("smart_score"));

    assertThat(found(ask.copy().put("top_k", 1))).isEqualTo(1);
    assertThat(found(ask.copy().put("tags", new JsonArray().add("tree").add("fruit"))))
        .isEqualTo(1);
    assertThat(found(ask.copy().put("tags", new JsonArray().add("tree").add("rail")))).isZero();
    assertThat(found(ask.copy().put("tags", new JsonArray()))).isEqualTo(2);
    assertThat(found(ask.copy().put("min_importance", 0.5))).isEqualTo(1);
    assertThat(found(ask.copy().put("memory_type", "episodic"))).isEqualTo(1);
    assertThat(found(ask.copy().put("session_id", "s1"))).isEqualTo(1);
    assertThat(found(ask.copy().put("since", "2020-01-01T00:00:00Z"))).isEqualTo(2);
    assertThat(found(ask.copy().put("since", "2090-01-01T00:00:00+02:00"))).isZero();
    assertThat(found(ask.copy().put("until", "2020-01-01"))).isZero();
    assertThat(found(ask.copy().put("routing", "vector").put("rerank", false))).isEqualTo(2);
    assertThat(found(ask.copy().put("scoring", "relevance"))).isEqualTo(2);
    assertThat(
            root.post("/v1/memory/recall", ask.copy().put("include_associated", true))
                .expect(200)
                .body()
                .getJsonArray("associated_memories"))
        .isEmpty();
  }

  @Test
  void aQuestionNeedsWordsOrAVector() {
    JsonObject here = new JsonObject().put("namespace", "vectors");
    root.post("/v1/namespaces", new JsonObject().put("name", "vectors").put("dimension", 3))
        .expect(201);
    root.post(STORE, here.copy().put("content", "x").put("embedding", vector(1, 0, 0))).expect(200);
    assertThat(found(here.copy().put("embedding", vector(1, 0, 0)))).isEqualTo(1);

    root.post("/v1/memory/recall", here).refused(400, "INVALID_REQUEST");
    root.post("/v1/memory/recall", here.copy().put("query", "x").put("routing", "vector"))
        .refused(400, "INVALID_REQUEST");
    root.post(
            "/v1/memory/recall",
            here.copy().put("embedding", vector(1, 0, 0)).put("routing", "bm25"))
        .refused(400, "INVALID_REQUEST");
    root.post(STORE, here.copy().put("content", "x")).refused(400, "INVALID_REQUEST");
    root.post(STORE, here.copy().put("content", "x").put("embedding", vector(1, 0)))
        .refused(400, "DIMENSION_MISMATCH");
    root.post(STORE, here.copy().put("content", "x").put("embedding", vector(0, 0, 0)))
        .refused(400, "EMPTY_VECTOR");
    root.send("PUT", "/v1/namespaces/vectors", "{\"dimension\":4}")
        .refused(400, "DIMENSION_MISMATCH");
    root.send("PUT", "/v1/namespaces/vectors", "{\"shards\":2}").refused(409, "CONFLICT");
  }

  @Test
  void forgetTakesWhatSelectsAndRefusesWhatDoesNot() {
    JsonObject here = new JsonObject().put("agent_id", "forgotten");
    JsonArray none = new JsonArray();
    for (String id : List.of("a", "b", "c", "d")) {
      root.post(
              STORE,
              here.copy()
                  .put("id", id)
                  .put("content", id)
                  .put("session_id", "s-" + id)
                  .put("tags", new JsonArray().add("t-" + id).add("all")))
          .expect(200);
    }
    for (JsonObject nothing :
        List.of(
            here.copy(),
            here.copy().put("memory_ids", none),
            here.copy().put("memory_ids", none).put("tags", none),
            here.copy().putNull("memory_ids").putNull("session_id"))) {
      root.post(FORGET, nothing).refused(400, "INVALID_REQUEST");
    }
    root.post(
            FORGET,
            here.copy().put("memory_ids", new JsonArray().add("a")).put("session_id", "s-b"))
        .refused(400, "INVALID_REQUEST");
    assertThat(
            deleted(
                here.copy()
                    .put("memory_ids", new JsonArray().add("a").add("a").add("gone"))
                    .put("tags", none)))
        .isEqualTo(1);
    assertThat(
            deleted(
                here.copy()
                    .put("memory_ids", none)
                    .put("tags", new JsonArray().add("t-b").add("all"))))
        .isEqualTo(1);
    assertThat(deleted(here.copy().put("session_id", "s-c"))).isEqualTo(1);
    assertThat(deleted(here.copy().put("before_timestamp", 1_000))).isZero();
    assertThat(deleted(here.copy().put("before_timestamp", 4_000_000_000L))).isEqualTo(1);
    root.send(
            "DELETE",
            "/v1/memories/forget/batch",
            here.copy().put("filter", new JsonObject()).encode())
        .refused(400, "INVALID_REQUEST");
  }

  @Test
  void whatIsNotThereIs404() {
    root.get("/v1/memory/get/none").refused(404, "MEMORY_NOT_FOUND");
    root.send("PUT", "/v1/memory/update/none", "{\"content\":\"x\"}")
        .refused(404, "MEMORY_NOT_FOUND");
    root.post("/v1/memory/recall", new JsonObject().put("namespace", "nowhere").put("query", "x"))
        .refused(404, "NAMESPACE_NOT_FOUND");
    assertThat(root.get("/v1/memory/get/none").body().getString("resource"))
        .isEqualTo("memory/none");
  }

  /** Agents' frameworks read an agent's memory before they store the first. */
  @ParameterizedTest
  @ValueSource(strings = {"recall", "search"})
  void anAgentThatHasStoredNothingYetKnowsNothing(String way) {
    JsonObject ask = new JsonObject().put("agent_id", "newcomer").put("query", "x");
    assertThat(root.post("/v1/memory/" + way, ask).expect(200).memories()).isEmpty();
    root.keyWith("another", grant("elsewhere", "read"))
        .post("/v1/memory/" + way, ask)
        .refused(403, "NAMESPACE_ACCESS_DENIED");
    JsonObject some = new JsonObject().put("agent_id", "newcomer").put("filter", new JsonObject());
    assertThat(root.post("/v1/memories/recall/batch", some).expect(200).memories()).isEmpty();
  }

  @Test
  void theImportanceIsSetWhereItIsSaidToBe() {
    JsonObject one = new JsonObject().put("id", "twice").put("content", "x");
    root.post(STORE, one.copy().put("namespace", "here")).expect(200);
    root.post(STORE, one.copy().put("namespace", "there")).expect(200);
    String path = "/v1/memories/twice/importance";
    root.send("PATCH", path, "{\"importance\":0.9}").refused(400, "INVALID_REQUEST");
    JsonObject set =
        root.send("PATCH", path + "?agent_id=there", "{\"importance\":0.9}").expect(200).body();
    assertThat(set.getDouble("new_importance")).isEqualTo(0.9);
    assertThat(set.getString("signal")).isEqualTo("positive");
    assertThat(root.get("/v1/memory/get/twice?namespace=here").body().getDouble("importance"))
        .isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "{\"valid_from\":-14182940}, -14182940",
    "{\"metadata\":{\"date\":\"1969-07-20T20:17:40Z\"}}, -14182940",
    "{\"metadata\":{\"date\":\"20 July 1969\"}}, -14256000",
    "{\"valid_from\":0}, 0"
  })
  void whatWasSoBefore1970IsKept(String time, long validFrom) {
    JsonObject moon =
        new JsonObject(time).put("namespace", "past").put("content", "The Eagle landed");
    JsonObject memory = root.post(STORE, moon).expect(200).memory();
    assertThat(memory.getLong("valid_from")).isEqualTo(validFrom);
    JsonObject question =
        new JsonObject()
            .put("namespace", "past")
            .put("query", "eagle")
            .put("filter", new JsonObject().put("valid_from", validFrom));
    assertThat(root.post("/v1/memory/recall", question).expect(200).memories()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1683547200.25",
        "\"1683547200\"",
        "1683547200250",
        "1683547200250000",
        "1683547200250000000",
        "\"2023-05-08T12:00:00Z\""
      })
  void aTimeInMetadataIsReadHoweverItIsWritten(String time) {
    JsonObject talk =
        new JsonObject("{\"metadata\":{\"timestamp\":" + time + "}}")
            .put("namespace", "written")
            .put("content", "The talk was given");
    assertThat(root.post(STORE, talk).expect(200).memory().getLong("valid_from"))
        .isEqualTo(1_683_547_200L);
  }

  @Test
  void whiteSpaceIsNoContent() {
    JsonObject blank = new JsonObject().put("namespace", "blank").put("content", " \n\u2003\t");
    assertThat(root.post(STORE, blank).refused(400, "INVALID_REQUEST").details())
        .startsWith("content must say something");
    JsonObject batch =
        new JsonObject()
            .put("namespace", "blank")
            .put(
                "memories",
                new JsonArray()
                    .add(new JsonObject().put("content", "x"))
                    .add(new JsonObject().put("content", " ")));
    assertThat(
            root.post("/v1/memories/store/batch", batch).refused(400, "INVALID_REQUEST").details())
        .startsWith("memories[1].content");
    root.get("/v1/namespaces/blank").refused(404, "NAMESPACE_NOT_FOUND");
    root.post(STORE, blank.copy().put("id", "blank").put("content", "x")).expect(200);
    root.send("PUT", "/v1/memory/update/blank", "{\"content\":\" \"}")
        .refused(400, "INVALID_REQUEST");
    assertThat(root.get("/v1/memory/get/blank").body().getString("content")).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({"1.7, 1", "-0.2, 0", "0.25, 0.25"})
  void importanceIsClampedWhereverItIsWritten(double given, double kept) {
    JsonObject importance = new JsonObject().put("importance", given);
    JsonObject memory =
        importance.copy().put("namespace", "clamped").put("id", "clamped").put("content", "x");
    assertThat(root.post(STORE, memory).expect(200).memory().getDouble("importance"))
        .isEqualTo(kept);
    for (String[] route :
        new String[][] {
          {"PUT", "/v1/memory/update/clamped"},
          {"POST", "/v1/memory/importance"},
          {"PATCH", "/v1/memories/clamped/importance"}
        }) {
      root.send("PUT", "/v1/memory/update/clamped", "{\"importance\":0.5}").expect(200);
      root.send(route[0], route[1], importance.copy().put("memory_id", "clamped").encode())
          .expect(200);
      assertThat(root.get("/v1/memory/get/clamped").body().getDouble("importance"))
          .as(route[1])
          .isEqualTo(kept);
    }
  }

  @Test
  void aBatchNamesEachMemoryOnce() {
    JsonObject row = new JsonObject().put("id", "same").put("content", "x");
    JsonObject batch =
        new JsonObject()
            .put("namespace", "same-twice")
            .put("memories", new JsonArray().add(row).add(row.copy().put("content", "y")));
    assertThat(
            root.post("/v1/memories/store/batch", batch).refused(400, "INVALID_REQUEST").details())
        .startsWith("memories[1].id");
    root.get("/v1/namespaces/same-twice").refused(404, "NAMESPACE_NOT_FOUND");
  }

  @Test
  void unknownFieldsAndNullsAreAsIfLeftOut() {
    root.post(
            STORE,
            new JsonObject()
                .put("namespace", "lenient")
                .put("content", "x")
                .put("brand_new", new JsonObject())
                .putNull("tags")
                .putNull("memory_type")
                .putNull("embedding"))
        .expect(200);
  }

  private static int found(JsonObject ask) {
    return root.post("/v1/memory/recall", ask).expect(200).memories().size();
  }

  private static int deleted(JsonObject what) {
    return root.post(FORGET, what).expect(200).body().getInteger("deleted_count");
  }

  private static JsonArray vector(double... numbers) {
    JsonArray vector = new JsonArray();
    for (double number : numbers) {
      vector.add(number);
    }
    return vector;
  }
}
