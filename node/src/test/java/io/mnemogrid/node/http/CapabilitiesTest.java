package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the node says that it takes, it takes, and no more. */
class CapabilitiesTest extends WholeNodeTest {
  @Test
  void everyModelIndexAndDistanceThatIsListedMakesANamespace() {
    JsonObject listed = root.get("/v1/capabilities").expect(200).body();
    JsonArray models = listed.getJsonArray("models");
    assertThat(models).isNotEmpty();
    for (Object model : models) {
      JsonObject declared = (JsonObject) model;
      String name = "made-with-" + declared.getString("name").toLowerCase(Locale.ROOT);
      JsonObject made = made(name.replace('.', '-'), "model", declared.getString("name"));
      assertThat(made.getInteger("dimension")).isEqualTo(declared.getInteger("dimension"));
    }
    assertThat(made("made-by-default", "description", "any").getString("model"))
        .isEqualTo(listed.getString("default_model"));
    for (Object kind : listed.getJsonArray("index_kinds")) {
      made("made-as-" + kind, "index_type", kind);
    }
    for (Object distance : listed.getJsonArray("distance_metrics")) {
      assertThat(made("made-for-" + distance, "distance", distance).getString("distance"))
          .isEqualTo(distance);
    }
    for (Object mode : listed.getJsonArray("search_modes_accepted")) {
      JsonObject question =
          new JsonObject().put("agent_id", "nobody").put("query", "x").put("routing", mode);
      root.post("/v1/memory/recall", question).expect(200);
    }
  }

  private static JsonObject made(String name, String field, Object value) {
    return root.post("/v1/namespaces", new JsonObject().put("name", name).put(field, value))
        .expect(201)
        .body();
  }

  @Test
  void theLimitsOfKeysAreWhereTheyAreSaidToBe() {
    JsonObject auth = root.get("/v1/capabilities").body().getJsonObject("auth");
    int most = auth.getInteger("max_grants");
    key(Collections.nCopies(most, "a")).expect(201);
    key(Collections.nCopies(most + 1, "a")).refused(400, "INVALID_REQUEST");
    int grace = auth.getInteger("rotation_grace_max_secs");
    String key = "/admin/keys/" + key(List.of("a")).body().getString("key_id") + "/rotate";
    root.send("POST", key, "{\"grace_secs\":%d}".formatted(grace + 1))
        .refused(400, "INVALID_REQUEST");
    root.send("POST", key, "{\"grace_secs\":%d}".formatted(grace)).expect(200);
  }

  private static ApiClient.Reply key(List<String> namespaces) {
    return root.post(
        "/admin/keys",
        new JsonObject().put("name", "k").put("namespaces", new JsonArray(namespaces)));
  }

  @Test
  void theLimitsOfNamesAreWhereTheyAreSaidToBe() {
    JsonObject naming = root.get("/v1/capabilities").body().getJsonObject("naming");
    String longest = "n".repeat(naming.getInteger("namespace_max_bytes"));
    root.post("/v1/namespaces", new JsonObject().put("name", longest)).expect(201);
    root.post("/v1/namespaces", new JsonObject().put("name", longest + "n"))
        .refused(400, "INVALID_REQUEST");
    String agent = "a.".repeat(naming.getInteger("agent_id_max_bytes") / 2) + "a";
    JsonObject made = root.post("/v1/agents", agent(agent)).expect(201).body();
    assertThat(made.getString("namespace"))
        .isEqualTo(naming.getString("agent_namespace_prefix") + agent);
    root.post("/v1/agents", agent(agent + "a")).refused(400, "INVALID_REQUEST");
    for (Object prefix : naming.getJsonArray("reserved_prefixes")) {
      root.post("/v1/agents", agent(prefix + "x")).refused(400, "INVALID_REQUEST");
    }
  }

  private static JsonObject agent(String name) {
    return new JsonObject().put("agent_id", name);
  }

  @Test
  void anAgentIsMadeOnceByWhoMayWriteThere() {
    ApiClient reader = root.keyWith("reader", grant("scribe", "read"));
    reader.post("/v1/agents", agent("scribe")).refused(403, "INSUFFICIENT_SCOPE");
    reader.post("/v1/agents", agent("other")).refused(403, "NAMESPACE_ACCESS_DENIED");
    ApiClient writer = root.keyWith("writer", grant("scribe", "write"));
    assertThat(writer.post("/v1/agents", agent("scribe")).expect(201).body().getBoolean("created"))
        .isTrue();
    JsonObject again = writer.post("/v1/agents", agent("_dakera_agent_scribe")).expect(200).body();
    assertThat(again.getBoolean("created")).isFalse();
    assertThat(again.getString("agent_id")).isEqualTo("scribe");
    assertThat(reader.get("/v1/namespaces").body().getJsonArray("namespaces"))
        .containsExactly("scribe");
  }

  @Test
  void whatTheNodeTakesIsTheSameForEveryKey() {
    root.withKey(null).get("/v1/capabilities").refused(401, "AUTHENTICATION_REQUIRED");
    assertThat(root.keyWith("nobody").get("/v1/capabilities").expect(200).body())
        .isEqualTo(root.get("/v1/capabilities").body());
  }
}
