package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Researcher, writer and coordinator, each with a key of its own, at one node. */
class TeamIT {
  @RegisterExtension private static final Nodes NODES = Nodes.ofAClass();

  private static final String FINDING =
      "Graph indexes answer nearest-neighbour queries in under a millisecond";
  private static final String NOTE = "The sponsor's budget figures look wrong; tell nobody yet";

  private static ApiClient researcher = new ApiClient(URI.create("http://127.0.0.1"), "");
  private static ApiClient writer = researcher;
  private static ApiClient coordinator = researcher;

  @BeforeAll
  static void makeTheTeam() {
    NodeProcess node = NODES.alone("team");
    ApiClient root = ApiClient.root(node);
    root.post("/v1/namespaces", new JsonObject().put("name", "team-shared")).ok();
    researcher = root.withKey(root.newKey("researcher", "researcher:write", "team-shared:write"));
    writer = root.withKey(root.newKey("writer", "writer:write", "team-shared:read"));
    coordinator = root.withKey(root.newKey("coordinator", "team-*:admin", "coordinator:write"));

    store(researcher, "researcher", NOTE);
    store(researcher, "team-shared", FINDING);
    store(researcher, "team-shared", "The cafeteria serves soup on Wednesdays");
    store(researcher, "team-shared", "Invoices are paid at the end of each quarter");
  }

  @Test
  void theWriterFindsTheFindingByItsMeaning() {
    assertThat(recalled(writer, "team-shared", "How quick is similarity search?").getFirst())
        .isEqualTo(FINDING);
    assertThat(recalled(coordinator, "team-shared", "latency of vector lookups").getFirst())
        .isEqualTo(FINDING);
  }

  @Test
  void theResearchersNamespaceIsClosedToTheOthers() {
    for (ApiClient other : List.of(writer, coordinator)) {
      ApiClient.Answer answer =
          other.post("/v1/memory/recall", question("researcher", "What about the budget?"));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().getString("code")).isEqualTo("NAMESPACE_ACCESS_DENIED");
      assertThat(answer.body()).doesNotContain("budget figures");
    }
    assertThat(recalled(researcher, "researcher", "What about the budget?")).containsExactly(NOTE);
  }

  @Test
  void theWriterReadsWhatIsSharedAndCannotChangeIt() {
    ApiClient.Answer answer =
        writer.post(
            "/v1/memory/store",
            new JsonObject().put("namespace", "team-shared").put("content", "not mine to say"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().getString("code")).isEqualTo("INSUFFICIENT_SCOPE");
    assertThat(recalled(writer, "team-shared", "not mine to say"))
        .doesNotContain("not mine to say");
  }

  @Test
  void whoWroteAMemoryIsSaidByTheServer() {
    JsonObject memory =
        writer
            .post("/v1/memory/recall", question("team-shared", "speed of search").put("top_k", 1))
            .ok()
            .json()
            .getJsonArray("memories")
            .getJsonObject(0)
            .getJsonObject("memory");
    assertThat(memory.getJsonObject("provenance").getString("author")).isEqualTo("researcher");
  }

  @Test
  void eachSeesOnlyTheNamespacesItReaches() {
    assertThat(names(researcher)).containsExactlyInAnyOrder("researcher", "team-shared");
    assertThat(names(writer)).containsExactly("team-shared");
    assertThat(names(coordinator)).containsExactly("team-shared");
  }

  private static List<String> names(ApiClient client) {
    JsonArray names = client.get("/v1/namespaces").ok().json().getJsonArray("namespaces");
    return names.stream().map(String::valueOf).toList();
  }

  private static void store(ApiClient client, String namespace, String content) {
    client
        .post(
            "/v1/memory/store",
            new JsonObject().put("namespace", namespace).put("content", content))
        .ok();
  }

  private static JsonObject question(String namespace, String query) {
    return new JsonObject().put("namespace", namespace).put("query", query);
  }

  private static List<String> recalled(ApiClient client, String namespace, String query) {
    JsonObject answer = client.post("/v1/memory/recall", question(namespace, query)).ok().json();
    assertThat(answer.getBoolean("complete")).isTrue();
    JsonArray hits = answer.getJsonArray("memories");
    return hits.stream()
        .map(hit -> ((JsonObject) hit).getJsonObject("memory").getString("content"))
        .toList();
  }
}
