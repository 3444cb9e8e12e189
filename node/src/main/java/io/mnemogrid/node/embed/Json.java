package io.mnemogrid.node.embed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A small piece of JSON. What is asked for and is not there, or is something else, is empty.
 *
 * @param value a map, list, string, number or boolean, or null
 */
record Json(@Nullable Object value) {
  static final Json NULL = new Json(null);

  /** Reads the value whose first token is the parser's current one. */
  static Json read(JsonParser json) throws IOException {
    return new Json(
        switch (json.currentToken()) {
          case START_OBJECT -> {
            Map<String, Json> fields = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              String name = json.currentName();
              json.nextToken();
              fields.put(name, read(json));
            }
            yield fields;
          }
          case START_ARRAY -> {
            List<Json> items = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
              items.add(read(json));
            }
            yield items;
          }
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
          case VALUE_TRUE -> true;
          case VALUE_FALSE -> false;
          case VALUE_NULL -> null;
          default -> json.getText();
        });
  }

  boolean isNull() {
    return value == null;
  }

  boolean is(Object wanted) {
    return wanted.equals(value);
  }

  Json field(String name) {
    return value instanceof Map<?, ?> fields && fields.get(name) instanceof Json field
        ? field
        : NULL;
  }

  List<Json> items() {
    return value instanceof List<?> list
        ? list.stream().map(item -> item instanceof Json json ? json : NULL).toList()
        : List.of();
  }

  Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A whole number from 0 up. */
  OptionalInt id() {
    return value instanceof Integer id && id >= 0 ? OptionalInt.of(id) : OptionalInt.empty();
  }
}
