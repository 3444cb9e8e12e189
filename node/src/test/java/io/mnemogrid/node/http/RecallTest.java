package io.mnemogrid.node.http;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Tests of recall on a whole node, and what all of them ask. */
abstract class RecallTest extends WholeNodeTest {
  static final String STORE = "/v1/memory/store";
  static final String RECALL = "/v1/memory/recall";

  static JsonObject store(String namespace, String content) {
    return root.post(STORE, memory(namespace, content)).expect(200).memory();
  }

  static JsonObject memory(String namespace, String content) {
    return new JsonObject().put("namespace", namespace).put("content", content);
  }

  static JsonObject ask(String namespace, String query) {
    return new JsonObject().put("namespace", namespace).put("query", query);
  }

  static List<String> contents(JsonObject ask) {
    List<String> contents = new ArrayList<>();
    root.post(RECALL, ask)
        .expect(200)
        .memories()
        .forEach(
            hit -> contents.add(((JsonObject) hit).getJsonObject("memory").getString("content")));
    return contents;
  }
}
