package io.mnemogrid.node.http;

import io.vertx.core.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a request that has been checked against its schema, so that their types are known. Null
 * stands for absent.
 */
record Fields(Map<String, ? extends @Nullable Object> values) {
  static final Fields NONE = new Fields(Map.of());

  static Fields of(Object checked) {
    return new Fields(References.object(checked));
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  /** Whether the field is there, be it as null. */
  boolean names(String name) {
    return values.containsKey(name);
  }

  @Nullable Object raw(String name) {
    return values.get(name);
  }

  @Nullable String text(String name) {
    return (String) values.get(name);
  }

  String required(String name) {
    String text = text(name);
    if (text == null) {
      throw new IllegalStateException("the schema does not require " + name);
    }
    return text;
  }

  @Nullable Long integer(String name) {
    return values.get(name) instanceof Number number ? Long.valueOf(number.longValue()) : null;
  }

  @Nullable Integer smallInteger(String name) {
    Long wide = integer(name);
    return wide == null ? null : Integer.valueOf(Math.toIntExact(wide));
  }

  @Nullable Float real(String name) {
    return values.get(name) instanceof Number number ? Float.valueOf(number.floatValue()) : null;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  @Nullable List<String> texts(String name) {
    return values.get(name) instanceof List<?> items
        ? items.stream().map(String.class::cast).toList()
        : null;
  }

  /** The items of a list of objects; empty when absent. */
  List<Fields> objects(String name) {
    return values.get(name) instanceof List<?> items
        ? items.stream().map(item -> of(item)).toList()
        : List.of();
  }

  Fields object(String name) {
    Object value = values.get(name);
    return value == null ? NONE : of(value);
  }

  /** An object as JSON text. */
  @Nullable String json(String name) {
    Object value = values.get(name);
    return value == null ? null : Json.encode(value);
  }

  float @Nullable [] floats(String name) {
    if (!(values.get(name) instanceof List<?> items)) {
      return null;
    }
    float[] floats = new float[items.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = ((Number) items.get(i)).floatValue();
    }
    return floats;
  }
}
