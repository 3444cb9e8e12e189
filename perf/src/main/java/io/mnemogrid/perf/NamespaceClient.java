package io.mnemogrid.perf;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/** A client of one namespace of a node. Any thread. */
public final class NamespaceClient {
  private final ApiClient node;
  private final String name;

  private NamespaceClient(ApiClient node, String name) {
    this.node = node;
    this.name = name;
  }

  /** Makes the namespace, which the node must not have. */
  public static NamespaceClient create(ApiClient node, String name) {
    node.post("/v1/namespaces", new JsonObject().put("name", name).encode());
    return of(node, name);
  }

  /** A namespace that the node has. */
  public static NamespaceClient of(ApiClient node, String name) {
    return new NamespaceClient(node, name);
  }

  /** A client of a namespace that the node has. */
  static NamespaceClient existing(ApiClient node, String name) {
    return new NamespaceClient(node, name);
  }

  /** Stores memories in one request; answers their ids, in the same order. */
  public List<String> store(List<JsonObject> memories) {
    JsonObject batch = new JsonObject().put("namespace", name).put("memories", memories);
    JsonArray stored =
        node.post("/v1/memories/store/batch", batch.encode()).json().getJsonArray("stored");
    if (stored.size() != memories.size()) {
      throw new IllegalStateException(
          "%d of %d memories were stored".formatted(stored.size(), memories.size()));
    }
    return IntStream.range(0, stored.size())
        .mapToObj(i -> stored.getJsonObject(i).getString("id"))
        .toList();
  }

  /**
   * The body of a recall, ready to be sent any number of times.
   *
   * @param fields all but the namespace
   */
  public String recallBody(JsonObject fields) {
    return fields.copy().put("namespace", name).encode();
  }

  /**
   * Recalls.
   *
   * @param body as {@link #recallBody} made it
   * @throws RefusedException if the node does not answer with success
   */
  public ApiClient.Answer recall(String body) {
    return node.post("/v1/memory/recall", body);
  }

  /**
   * The ids in the answer to a recall, best first.
   *
   * @throws IllegalStateException if the answer is not complete
   */
  public static List<String> ids(JsonObject answer) {
    if (!answer.getBoolean("complete")) {
      throw new IllegalStateException("an incomplete answer: " + answer.encode());
    }
    JsonArray hits = answer.getJsonArray("memories");
    return IntStream.range(0, hits.size())
        .mapToObj(i -> hits.getJsonObject(i).getJsonObject("memory").getString("id"))
        .toList();
  }
}
