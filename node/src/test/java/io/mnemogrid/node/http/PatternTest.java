package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A researcher and a writer with private notes and one shared namespace, each with its own key. */
class PatternTest extends WholeNodeTest {
  @Test
  void theWriterFindsWhatTheResearcherSharedAndNothingElse() {
    root.post(
            "/v1/namespaces",
            new JsonObject()
                .put("name", "team-shared")
                .put("description", "Shared knowledge between all agents"))
        .expect(201);
    ApiClient researcher =
        root.keyWith("researcher", grant("researcher", "write"), grant("team-shared", "write"));
    ApiClient writer =
        root.keyWith("writer", grant("writer", "write"), grant("team-shared", "read"));

    JsonObject note =
        researcher
            .post(
                "/v1/memory/store",
                new JsonObject()
                    .put("namespace", "researcher")
                    .put("content", "private: HNSW paper has a flaw in figure 3")
                    .put(
                        "metadata",
                        new JsonObject().put("type", "internal-note").put("importance", 0.3)))
            .expect(200)
            .memory();
    assertThat(note.getDouble("importance")).isEqualTo(0.3);
    researcher
        .post(
            "/v1/memory/store",
            new JsonObject()
                .put("agent_id", "_dakera_agent_team-shared")
                .put("content", "HNSW recall drops with filters unless the graph is wider")
                .put("tags", new JsonArray().add("hnsw")))
        .expect(200);

    ApiClient.Reply recalled =
        writer
            .post(
                "/v1/memory/recall",
                new JsonObject()
                    .put("namespace", "team-shared")
                    .put("query", "HNSW performance with filters")
                    .put("top_k", 5))
            .expect(200);
    assertThat(recalled.memories()).hasSize(1);
    assertThat(recalled.body().getBoolean("complete")).isTrue();
    JsonObject hit = recalled.memories().getJsonObject(0);
    assertThat(hit.getJsonObject("memory").getJsonObject("provenance").getString("author"))
        .isEqualTo("researcher");
    assertThat(hit.getJsonObject("memory").getString("namespace")).isEqualTo("team-shared");

    writer
        .post(
            "/v1/memory/recall",
            new JsonObject().put("namespace", "researcher").put("query", "figure 3"))
        .refused(403, "NAMESPACE_ACCESS_DENIED");
    writer.get("/v1/memory/get/" + note.getString("id")).refused(404, "MEMORY_NOT_FOUND");
    writer
        .post(
            "/v1/memory/store",
            new JsonObject().put("namespace", "team-shared").put("content", "not mine to write"))
        .refused(403, "INSUFFICIENT_SCOPE");
    assertThat(writer.get("/v1/namespaces").expect(200).body().getJsonArray("namespaces"))
        .containsExactly("team-shared");
  }
}
