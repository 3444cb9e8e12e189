package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may not see a namespace gets the same answer whether or not there is one. */
class AccessTest extends WholeNodeTest {
  private static ApiClient stranger;
  private static String keyOfThere;

  @BeforeAll
  static void start() {
    stranger = root.keyWith("stranger", grant("mine", "admin"));
    root.post(
            "/v1/memory/store",
            new JsonObject().put("namespace", "there").put("id", "known").put("content", "secret"))
        .expect(200);
    keyOfThere =
        root.post("/v1/namespaces/there/keys", new JsonObject().put("name", "k"))
            .body()
            .getString("key_id");
  }

  /**
   * A researcher and a writer with private notes and one shared namespace, each with its own key.
   */
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

  @TestFactory
  Stream<DynamicTest> aNamespaceThatIsOutOfReachIsAsOneThatIsNot() {
    return ApiDocument.load().operations().stream()
        .filter(operation ->
            operation.namespace() instanceof NamespaceSource.InPath
                || operation.namespace() instanceof NamespaceSource.InBody)
        .map(operation ->
            dynamicTest(
                operation.id(),
                () -> {
                  for (String body :
                      new String[] {
                        good(),
                        "{\"namespace\":\"%s\",\"agent_id\":\"%<s\",\"name\":\"%<s\",\"top_k\":0}"
                      }) {
                    ApiClient.Reply there = call(operation, "there", body);
                    ApiClient.Reply nowhere = call(operation, "nowhere", body);
                    there.refused(403, "NAMESPACE_ACCESS_DENIED");
                    nowhere.refused(403, "NAMESPACE_ACCESS_DENIED");
                    assertThat(anonymous(there)).isEqualTo(anonymous(nowhere));
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> aMemoryThatIsOutOfReachIsAsOneThatIsNot() {
    return ApiDocument.load().operations().stream()
        .filter(operation -> operation.namespace() instanceof NamespaceSource.OfMemory)
        .map(operation ->
            dynamicTest(
                operation.id(),
                () -> {
                  String path = operation.paths().getFirst();
                  String body = "{\"memory_id\":\"%s\",\"importance\":0.5,\"signal\":\"flag\"}";
                  ApiClient.Reply known =
                      send(
                          operation, path.replace("{memory_id}", "known"), body.formatted("known"));
                  ApiClient.Reply unknown =
                      send(
                          operation, path.replace("{memory_id}", "other"), body.formatted("other"));
                  known.refused(404, "MEMORY_NOT_FOUND");
                  unknown.refused(404, "MEMORY_NOT_FOUND");
                  assertThat(anonymous(known).replace("known", "other"))
                      .isEqualTo(anonymous(unknown));
                }));
  }

  @Test
  void aKeyIsTakenFromEitherHeader() {
    HttpRequest.Builder request = HttpRequest.newBuilder(node.baseUrl().resolve("/v1/auth/whoami"));
    root.send(request.copy().header("X-API-Key", node.rootKey()).build()).expect(200);
    root.send(request.copy().header("Authorization", "bearer   " + node.rootKey()).build())
        .expect(200);
    root.send(request.copy().header("Authorization", "Basic " + node.rootKey()).build())
        .refused(401, "AUTHENTICATION_REQUIRED");
    root.send(request.copy().header("Authorization", "Bearer ").build())
        .refused(401, "AUTHENTICATION_REQUIRED");
    root.withKey("mg_0123456789abcdef_nosuchsecret")
        .get("/v1/auth/whoami")
        .refused(401, "INVALID_API_KEY");
  }

  @TestFactory
  Stream<DynamicTest> nothingButHealthAnswersWithoutAKey() {
    return ApiDocument.load().operations().stream()
        .filter(operation -> operation.action() != null)
        .flatMap(operation ->
            operation.paths().stream()
                .map(path ->
                    dynamicTest(
                        operation.id() + " " + path,
                        () -> {
                          String filled = path.replaceAll("\\{[^}]*}", "x");
                          String method = operation.method().name();
                          root.withKey(null)
                              .send(method, filled, "{")
                              .refused(401, "AUTHENTICATION_REQUIRED");
                          root.withKey("wrong")
                              .send(method, filled, "{")
                              .refused(401, "INVALID_API_KEY");
                        })));
  }

  private static ApiClient.Reply call(Operation operation, String namespace, String body) {
    String path =
        operation
            .paths()
            .getFirst()
            .replace("{namespace}", namespace)
            .replace("{agent_id}", namespace)
            .replace("{memory_id}", "known")
            .replace("{key_id}", keyOfThere);
    return send(operation, path, body.formatted(namespace));
  }

  private static ApiClient.Reply send(Operation operation, String path, String body) {
    return stranger.send(operation.method().name(), path, operation.body() == null ? null : body);
  }

  private static String good() {
    return new JsonObject()
        .put("namespace", "%s")
        .put("agent_id", "%<s")
        .put("name", "%<s")
        .put("content", "x")
        .put("query", "x")
        .put("memories", new JsonArray().add(new JsonObject().put("content", "x")))
        .put("memory_ids", new JsonArray().add("known"))
        .put("filter", new JsonObject().put("session_id", "s"))
        .encode();
  }

  private static String anonymous(ApiClient.Reply reply) {
    JsonObject body = reply.body().copy();
    body.remove("request_id");
    return reply.status() + body.encode();
  }
}
