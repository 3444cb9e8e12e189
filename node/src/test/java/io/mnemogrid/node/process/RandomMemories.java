package io.mnemogrid.node.process;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;

/** Memories with random vectors of the client's own: no model's time is spent on them. */
final class RandomMemories {
  private static final int DIMENSION = 48;
  private static final int SHARDS = 6;

  private RandomMemories() {}

  /**
   * Makes namespaces {@code <prefix>0..}, of one shard and of several by turns: a recall of the
   * first is answered by one node, of the second by all.
   */
  static void makeNamespaces(ApiClient client, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      var namespace =
          new JsonObject()
              .put("name", prefix + i)
              .put("dimension", DIMENSION)
              .put("shards", i % 2 == 0 ? 1 : SHARDS);
      client.post("/v1/namespaces", namespace).ok();
    }
  }

  static RandomMemory draw(String namespace, String id, SplittableRandom random) {
    JsonArray embedding = new JsonArray();
    for (int i = 0; i < DIMENSION; i++) {
      embedding.add((float) random.nextGaussian());
    }
    return new RandomMemory(namespace, id, embedding);
  }

  /** One of them; its content tells its id. */
  record RandomMemory(String namespace, String id, JsonArray embedding) {
    String content() {
      return "content of " + id;
    }

    ApiClient.Answer storeThrough(ApiClient client) {
      return client.post(
          "/v1/memory/store",
          new JsonObject()
              .put("namespace", namespace)
              .put("id", id)
              .put("content", content())
              .put("embedding", embedding));
    }

    /** Only of a memory that is there. */
    ApiClient.Answer updateThrough(ApiClient client) {
      return client.send(
          "PUT",
          "/v1/memory/update/" + id + "?namespace=" + namespace,
          new JsonObject().put("content", content()).put("embedding", embedding));
    }

    ApiClient.Answer recallThrough(ApiClient client) {
      return client.post(
          "/v1/memory/recall",
          new JsonObject()
              .put("namespace", namespace)
              .put("embedding", embedding)
              .put("scoring", "relevance")
              .put("top_k", 1));
    }

    /** Whether a complete recall of its own vector finds it first. */
    boolean isFoundThrough(ApiClient client) {
      JsonObject answer = recallThrough(client).ok().json();
      JsonArray hits = answer.getJsonArray("memories");
      return answer.getBoolean("complete")
          && !hits.isEmpty()
          && hits.getJsonObject(0).getJsonObject("memory").getString("id").equals(id);
    }

    boolean isReadThrough(ApiClient client) {
      ApiClient.Answer answer = client.get("/v1/memory/get/" + id + "?namespace=" + namespace);
      return answer.status() == 200 && answer.json().getString("content").equals(content());
    }
  }
}
