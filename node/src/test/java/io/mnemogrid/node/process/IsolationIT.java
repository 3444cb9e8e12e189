package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two nodes that are alike but for a private namespace of the researcher, which is full on one and
 * does not exist on the other. The writer calls every route of both, naming that namespace in every
 * way there is: the answers must be the same, and none holds a word of what is private.
 */
class IsolationIT {
  /** In every private text, and nowhere else. */
  private static final String MARKER = "zanzibar";

  /** The private memory's id: what a writer could have been told or have guessed. */
  private static final String PRIVATE_ID = "note-1";

  private static final List<String> NAMES =
      List.of("researcher", "_dakera_agent_researcher", "team-shared", "writer");

  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  @Test
  void everyAnswerIsTheSameWhetherThePrivateNamespaceExistsOrNot() {
    NodeProcess empty = nodes.alone("without-private");
    NodeProcess full = nodes.alone("with-private");
    ApiClient emptyWriter = makeTheTeam(empty);
    ApiClient fullWriter = makeTheTeam(full);
    fillThePrivateNamespace(full);

    List<RouteWalk.Request> walk =
        RouteWalk.of(emptyWriter.get("/v1/openapi.json").ok().json(), NAMES, PRIVATE_ID);
    assertThat(walk).as("requests over all routes").hasSizeGreaterThan(100);
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (RouteWalk.Request request : walk) {
      ApiClient.Answer without = request.sendBy(emptyWriter);
      ApiClient.Answer with = request.sendBy(fullWriter);
      statuses.merge(with.status(), 1, Integer::sum);
      assertThat(with.status()).as("%s: %s", request, with.body()).isEqualTo(without.status());
      assertThat(Answers.of(with.body())).as("%s", request).isEqualTo(Answers.of(without.body()));
      assertThat(with.body()).as("%s", request).doesNotContainIgnoringCase(MARKER);
    }
    assertThat(statuses.getOrDefault(400, 0))
        .as("malformed requests, which prove nothing, of %s", statuses)
        .isLessThan(walk.size() / 3);
    assertThat(statuses).containsKeys(200, 403, 404);
    assertThat(
            ApiClient.root(full)
                .get("/v1/memory/get/" + PRIVATE_ID + "?namespace=researcher")
                .ok()
                .body())
        .as("the note is there all the time")
        .contains(MARKER);
  }

  private static ApiClient makeTheTeam(NodeProcess node) {
    ApiClient root = ApiClient.root(node);
    root.post("/v1/namespaces", new JsonObject().put("name", "team-shared")).ok();
    root.newKey("researcher", "researcher:write", "team-shared:write");
    ApiClient writer =
        root.withKey(root.newKey("writer", "writer:write", "writer:admin", "team-shared:read"));
    store(root, "team-shared", "shared-1", "Findings are written down on Mondays");
    store(writer, "writer", "draft-1", "The introduction needs a picture");
    return writer;
  }

  private static void fillThePrivateNamespace(NodeProcess node) {
    ApiClient root = ApiClient.root(node);
    ApiClient researcher = root.withKey(root.newKey("second", "researcher:write"));
    store(researcher, "researcher", PRIVATE_ID, "The island is " + MARKER);
    for (int i = 2; i < 20; i++) {
      store(researcher, "researcher", "note-" + i, "Number " + i + " of the " + MARKER + " notes");
    }
  }

  private static void store(ApiClient client, String namespace, String id, String content) {
    client
        .post(
            "/v1/memory/store",
            new JsonObject()
                .put("namespace", namespace)
                .put("id", id)
                .put("content", content)
                .put("tags", new JsonArray().add(content.substring(0, 3)))
                .put("metadata", new JsonObject().put("of", content)))
        .ok();
  }

  /** An answer without what differs between any two requests or nodes: times, drawn ids. */
  private static final class Answers {
    private static final List<String> DRAWN =
        List.of(
            "request_id",
            "uptime_seconds",
            "last_used",
            "key",
            "key_id",
            "new_key",
            "old_key_id",
            "author_key_id",
            "avg_latency_ms");

    private Answers() {}

    static String of(String body) {
      return body.startsWith("{") ? String.valueOf(plain("", new JsonObject(body))) : body;
    }

    private static Object plain(String name, Object value) {
      return switch (value) {
        case JsonObject object -> {
          JsonObject plain = new JsonObject();
          for (Map.Entry<String, Object> field : object) {
            boolean idOfAKey = field.getKey().equals("id") && object.containsKey("key_id");
            plain.put(field.getKey(), idOfAKey ? "drawn" : plain(field.getKey(), field.getValue()));
          }
          yield plain;
        }
        case JsonArray array -> {
          JsonArray plain = new JsonArray();
          array.forEach(element -> plain.add(plain("", element)));
          yield plain;
        }
        case Number _ when name.endsWith("_at") || name.endsWith("_ms") -> "time";
        case null -> "null";
        default -> DRAWN.contains(name) ? "drawn" : value;
      };
    }
  }
}
