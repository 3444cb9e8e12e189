package io.mnemogrid.node.process;

import io.mnemogrid.node.history.Operation;
import io.mnemogrid.node.process.FaultyCluster.Member;
import io.mnemogrid.node.process.SdkClient.Reply;
import io.mnemogrid.node.process.SdkClient.Request;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Something in the cluster that a history is about. */
sealed interface Subject {
  /** Its key in the history. */
  String key();

  /**
   * Reads it.
   *
   * @param not the member that is not asked first, or null
   */
  Operation read(SdkClient client, @Nullable Member not);

  /** The content that a reply to a read shows, where nothing is there if the status says so. */
  private static Operation shown(Reply reply, String key, int absent, String content) {
    return reply.read(key, reply.status() == absent ? Operation.ABSENT : content);
  }

  /** A memory that is looked up by its id, or found by its own vector, by turns. */
  record Memory(String kind, String namespace, String id, JsonArray embedding) implements Subject {
    @Override
    public String key() {
      return kind + "/" + id;
    }

    JsonObject body(String content) {
      return new JsonObject()
          .put("namespace", namespace)
          .put("id", id)
          .put("content", content)
          .put("embedding", embedding);
    }

    @Override
    public Operation read(SdkClient client, @Nullable Member not) {
      return client.random().nextBoolean() ? lookUp(client, not) : recall(client, not);
    }

    private Operation lookUp(SdkClient client, @Nullable Member not) {
      String path = "/v1/memory/get/%s?namespace=%s".formatted(id, namespace);
      Reply reply = client.send(Request.get(path), not);
      String content = reply.status() == 200 ? reply.json().getString("content") : reply.text();
      return shown(reply, key(), 404, content);
    }

    private Operation recall(SdkClient client, @Nullable Member not) {
      JsonObject question =
          new JsonObject()
              .put("namespace", namespace)
              .put("embedding", embedding)
              .put("scoring", "relevance")
              .put("top_k", 1);
      Reply reply = client.send(Request.post("/v1/memory/recall", question), not);
      if (reply.status() != 200) {
        return reply.read(key(), reply.text());
      }
      if (!reply.json().getBoolean("complete")) {
        return reply.unanswered(key());
      }
      JsonArray hits = reply.json().getJsonArray("memories");
      if (hits.isEmpty()) {
        return reply.read(key(), Operation.ABSENT);
      }
      JsonObject best = hits.getJsonObject(0).getJsonObject("memory");
      boolean found = best.getString("id").equals(id);
      return reply.read(key(), found ? best.getString("content") : Operation.ABSENT);
    }
  }

  /** A number in the metadata of a memory. */
  record Counter(String id) implements Subject {
    static final String NAMESPACE = "counters";

    @Override
    public String key() {
      return "counter/" + id;
    }

    String path(String verb) {
      return "/v1/memory/%s/%s?namespace=%s".formatted(verb, id, NAMESPACE);
    }

    Reply ask(SdkClient client, @Nullable Member not) {
      return client.send(Request.get(path("get")), not);
    }

    /** What a reply shows. */
    Operation read(Reply reply) {
      return reply.read(key(), reply.status() == 200 ? count(reply) : reply.text());
    }

    static String count(Reply reply) {
      return reply.json().getJsonObject("metadata").getValue("count").toString();
    }

    @Override
    public Operation read(SdkClient client, @Nullable Member not) {
      return read(ask(client, not));
    }
  }

  /** A key of the API, which is accepted or not. */
  record ApiKey(String id, String secret) implements Subject {
    static final String GRANTED = "granted";

    @Override
    public String key() {
      return "key/" + id;
    }

    @Override
    public Operation read(SdkClient client, @Nullable Member not) {
      Reply reply = client.send(Request.get("/v1/auth/whoami").withKey(secret), not);
      return shown(reply, key(), 401, reply.status() == 200 ? GRANTED : reply.text());
    }
  }
}
