package io.mnemogrid.perf.recall;

import io.vertx.core.json.JsonObject;

/**
 * A text that is stored as one memory.
 *
 * @param id what evidence calls it
 * @param details fields of the memory that a client with more than the text sends beside it
 */
record StoredText(String id, String content, JsonObject details) {

  JsonObject memory(Setting setting) {
    JsonObject memory = new JsonObject().put("content", content);
    return switch (setting) {
      case FULL -> memory.mergeIn(details);
      case BARE -> memory;
    };
  }
}
