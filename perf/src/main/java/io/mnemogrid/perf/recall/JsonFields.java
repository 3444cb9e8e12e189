package io.mnemogrid.perf.recall;

import io.vertx.core.json.JsonObject;

/** Fields of objects in files that somebody else wrote. */
final class JsonFields {
  private JsonFields() {}

  /**
   * @throws IllegalArgumentException if there is no such text
   */
  static String required(JsonObject object, String field) {
    if (object.getValue(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "'%s' should be a text in %s".formatted(field, object.encode()));
  }
}
