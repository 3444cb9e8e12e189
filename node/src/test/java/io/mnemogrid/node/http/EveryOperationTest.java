package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.testing.NodeUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation does its work once, and each answer is what the document says it is. */
class EveryOperationTest {
  @TempDir private Path folder;

  @Test
  void answersAsTheDocumentSays() {
    try (NodeUnderTest node = NodeUnderTest.withBackups(folder)) {
      ApiClient root = ApiClient.root(node);
      openOnes(root.withKey(null));
      namespaces(root);
      memories(root);
      keys(root);
      namespaceKeys(root);
      backups(root);
      root.delete("/v1/namespaces/ops").expect(200);
      root.get("/v1/namespaces/ops").refused(404, "NAMESPACE_NOT_FOUND");
    }
    Set<String> all =
        ApiDocument.load().operations().stream().map(Operation::id).collect(Collectors.toSet());
    assertThat(ApiClient.contract().answered()).containsAll(all);
  }

  private static void openOnes(ApiClient nobody) {
    assertThat(nobody.get("/health").expect(200).body().getString("status")).isEqualTo("healthy");
    nobody.get("/health/live").expect(200);
    nobody.get("/health/ready").expect(200);
    nobody.get("/v1/openapi.json").expect(200);
  }

  private static void namespaces(ApiClient root) {
    JsonObject made =
        root.post(
                "/v1/namespaces",
                new JsonObject()
                    .put("name", "ops")
                    .put("description", "first")
                    .put("metadata", new JsonObject().put("a", 1)))
            .expect(201)
            .body();
    assertThat(made.getBoolean("created")).isTrue();
    JsonObject again = root.send("PUT", "/v1/namespaces/ops", "").expect(200).body();
    assertThat(again.getBoolean("created")).isFalse();
    assertThat(again.getString("description")).isEqualTo("first");
    assertThat(root.get("/v1/namespaces").expect(200).body().getJsonArray("namespaces"))
        .contains("ops");
    root.get("/v1/namespaces/ops").expect(200);
    JsonObject agent = new JsonObject().put("agent_id", "ops");
    assertThat(root.post("/v1/agents", agent).expect(200).body().getBoolean("created")).isFalse();
    root.get("/v1/capabilities").expect(200);
    root.get("/v1/namespaces/ops/memory_policy").expect(200);
    root.post("/v1/namespaces/ops/reembed", new JsonObject().put("model", made.getString("model")))
        .expect(200);
    root.get("/v1/namespaces/ops/reembed").expect(200);
    root.send("PUT", "/v1/namespaces/ops/memory_policy", "{\"dedup_threshold\":0.9}").expect(200);
  }

  private static void memories(ApiClient root) {
    JsonObject here = new JsonObject().put("namespace", "ops");
    String id =
        root.post("/v1/memory/store", here.copy().put("content", "one"))
            .expect(200)
            .memory()
            .getString("id");
    JsonArray rows =
        new JsonArray()
            .add(new JsonObject().put("content", "two").put("tags", new JsonArray().add("t")))
            .add(new JsonObject().put("content", "three"));
    root.post("/v1/memories/store/batch", here.copy().put("memories", rows)).expect(200);
    root.post("/v1/memory/recall", here.copy().put("query", "one")).expect(200);
    root.post("/v1/memory/search", here.copy().put("query", "one")).expect(200);
    root.get("/v1/memory/get/" + id).expect(200);
    root.send("PUT", "/v1/memory/update/" + id, "{\"content\":\"one!\"}").expect(200);
    root.send("PUT", "/v1/agents/ops/memories/" + id, "{\"tags\":[\"u\"]}").expect(200);
    root.post("/v1/memory/importance", new JsonObject().put("memory_id", id).put("importance", 1))
        .expect(200);
    root.send("PATCH", "/v1/memories/" + id + "/importance", "{\"importance\":0.25}").expect(200);
    JsonObject signal = new JsonObject().put("signal", "upvote");
    root.post("/v1/memories/" + id + "/feedback", signal).expect(200);
    root.post("/v1/memory/feedback", signal.copy().put("memory_id", id)).expect(200);
    root.send("POST", "/v1/memories/" + id + "/verify", "").expect(200);
    assertThat(root.post("/v1/memories/recall/batch", here.copy()).expect(200).memories())
        .hasSize(3);
    JsonObject tagged = new JsonObject().put("tags", new JsonArray().add("t"));
    root.send("DELETE", "/v1/memories/forget/batch", here.copy().put("filter", tagged).encode())
        .expect(200);
    root.post("/v1/memory/forget", here.copy().put("memory_ids", new JsonArray().add(id)))
        .expect(200);
    assertThat(root.get("/v1/namespaces/ops").expect(200).body().getInteger("vector_count"))
        .isEqualTo(1);
  }

  private static void keys(ApiClient root) {
    root.get("/v1/auth/whoami").expect(200);
    JsonArray grants = new JsonArray().add(grant("ops", "read"));
    String id =
        root.post("/admin/keys", new JsonObject().put("name", "k").put("grants", grants))
            .expect(201)
            .body()
            .getString("key_id");
    root.get("/admin/keys").expect(200);
    root.get("/v1/admin/keys/" + id).expect(200);
    root.send("PATCH", "/admin/keys/" + id, "{\"name\":\"other\"}").expect(200);
    root.get("/admin/keys/" + id + "/usage").expect(200);
    String next =
        root.send("POST", "/admin/keys/" + id + "/rotate", "")
            .expect(200)
            .body()
            .getString("key_id");
    root.send("POST", "/admin/keys/" + next + "/deactivate", "").expect(200);
    root.delete("/admin/keys/" + next).expect(200);
  }

  private static void backups(ApiClient root) {
    JsonObject made = root.post("/admin/backups", new JsonObject()).expect(200).body();
    String place = "/admin/backups/" + made.getString("backup_id");
    root.get("/admin/backups").expect(200);
    root.get(place).expect(200);
    JsonObject wish =
        new JsonObject()
            .put("backup_id", made.getString("backup_id"))
            .put(
                "rename",
                new JsonArray().add(new JsonObject().put("from", "ops").put("to", "ops-again")));
    JsonObject restored = root.post("/admin/backups/restore", wish).expect(200).body();
    root.get("/admin/backups/restore/" + restored.getString("restore_id")).expect(200);
    root.post(place + "/restore", new JsonObject().put("overwrite", true)).expect(200);
    root.delete("/v1/namespaces/ops-again").expect(200);
    root.delete(place).expect(200);
  }

  private static void namespaceKeys(ApiClient root) {
    String keys = "/v1/namespaces/ops/keys";
    JsonObject made = root.post(keys, new JsonObject().put("name", "n")).expect(201).body();
    assertThat(made.getString("namespace")).isEqualTo("ops");
    String key = keys + "/" + made.getString("key_id");
    root.get(keys).expect(200);
    root.get(key).expect(200);
    root.send("PATCH", key, "{\"name\":\"m\"}").expect(200);
    root.get(key + "/usage").expect(200);
    JsonObject rotated =
        root.send("POST", key + "/rotate", "{\"grace_secs\":60}").expect(200).body();
    assertThat(rotated.getLong("old_key_expires_at")).isPositive();
    root.send("POST", key + "/deactivate", "").expect(200);
    root.delete(key).expect(200);
  }
}
