package io.mnemogrid.node.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles schemas of requests. A word that it does not know is an error, so that nothing that the
 * document promises to check goes unchecked.
 */
final class SchemaCompiler {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "enum",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "pattern",
          "format",
          "items",
          "properties",
          "required",
          "anyOf",
          "additionalProperties",
          "default",
          "description",
          "x-max-bytes",
          "x-says");

  private final References references;

  SchemaCompiler(References references) {
    this.references = references;
  }

  /**
   * @throws IllegalArgumentException if the schema says what a request cannot be held to
   */
  Schema compile(Object declared) {
    Map<String, Object> schema = references.resolve(declared);
    for (String word : schema.keySet()) {
      if (!KNOWN.contains(word)) {
        throw new IllegalArgumentException("requests cannot be held to the schema word " + word);
      }
    }
    Set<String> types = new TreeSet<>(strings(schema.get("type")));
    if (types.isEmpty()) {
      throw new IllegalArgumentException("a schema of a request names its type");
    }
    Object format = schema.get("format");
    if (format != null && !format.equals("date-time")) {
      throw new IllegalArgumentException("requests cannot be held to the format " + format);
    }
    requireLimits(types, schema);
    Object items = schema.get("items");
    return new Schema(
        types,
        strings(schema.get("enum")),
        bounds(schema),
        pattern((String) schema.get("pattern")),
        format != null,
        (String) schema.get("x-says"),
        items == null ? null : compile(items),
        properties(schema.get("properties")),
        Set.copyOf(strings(schema.get("required"))),
        oneOf(schema.get("anyOf")),
        isClosed(schema.get("additionalProperties")));
  }

  /** Whatever a stranger sends has an end that the document names. */
  private static void requireLimits(Set<String> types, Map<String, Object> schema) {
    if (types.contains("string")
        && !schema.containsKey("enum")
        && !schema.containsKey("maxLength")
        && !schema.containsKey("x-max-bytes")) {
      throw new IllegalArgumentException("a text has maxLength, x-max-bytes or enum");
    }
    if (types.contains("array") && !schema.containsKey("maxItems")) {
      throw new IllegalArgumentException("an array has maxItems");
    }
    if (types.contains("integer")
        && !(schema.containsKey("minimum") && schema.containsKey("maximum"))) {
      throw new IllegalArgumentException("an integer has minimum and maximum");
    }
  }

  private Map<String, Schema> properties(@Nullable Object declared) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    if (declared != null) {
      References.object(declared)
          .forEach((name, property) -> properties.put(name, compile(property)));
    }
    return properties;
  }

  private static List<String> oneOf(@Nullable Object anyOf) {
    if (!(anyOf instanceof List<?> branches)) {
      return List.of();
    }
    return branches.stream()
        .map(branch -> {
          Map<String, Object> fields = References.object(branch);
          List<String> names = strings(fields.get("required"));
          if (fields.size() != 1 || names.size() != 1) {
            throw new IllegalArgumentException("anyOf is for branches that require one field each");
          }
          return names.getFirst();
        })
        .toList();
  }

  private static boolean isClosed(@Nullable Object additionalProperties) {
    if (additionalProperties != null && !Boolean.FALSE.equals(additionalProperties)) {
      throw new IllegalArgumentException("additionalProperties can only be false");
    }
    return additionalProperties != null;
  }

  private static Schema.Bounds bounds(Map<String, Object> schema) {
    return new Schema.Bounds(
        real(schema.get("minimum")),
        real(schema.get("maximum")),
        integer(schema.getOrDefault("minLength", schema.get("minItems"))),
        integer(schema.getOrDefault("maxLength", schema.get("maxItems"))),
        integer(schema.get("x-max-bytes")));
  }

  /** Of the whole text: with {@code find}, Java's {@code $} would let a line's end through. */
  private static @Nullable Pattern pattern(@Nullable String regex) {
    if (regex == null) {
      return null;
    }
    if (!regex.startsWith("^") || !regex.endsWith("$")) {
      throw new IllegalArgumentException("a pattern begins with ^ and ends with $: " + regex);
    }
    return Pattern.compile(regex.substring(1, regex.length() - 1));
  }

  private static List<String> strings(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case String one -> List.of(one);
      case List<?> many -> many.stream().map(String.class::cast).toList();
      default -> throw new IllegalArgumentException("a word or a list of words, not " + value);
    };
  }

  private static @Nullable Double real(@Nullable Object value) {
    return value == null ? null : Double.valueOf(value.toString());
  }

  private static @Nullable Long integer(@Nullable Object value) {
    return value == null ? null : ((Number) value).longValue();
  }
}
