package io.mnemogrid.node.http;

import io.vertx.core.json.Json;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a value of a request must be: the part of JSON Schema that the document uses in requests,
 * compiled, with messages that say what would be right.
 *
 * @param types names of JSON types, at least one
 * @param says the human form of pattern or format, or null
 * @param oneOf sets of fields of which at least one field must be there
 * @param closed whether other fields than {@code properties} are refused
 */
record Schema(
    Set<String> types,
    List<String> allowed,
    Bounds bounds,
    @Nullable Pattern pattern,
    boolean isTime,
    @Nullable String says,
    @Nullable Schema items,
    Map<String, Schema> properties,
    Set<String> required,
    List<String> oneOf,
    boolean closed) {

  private static final double MAX_PLAIN = 1e15;
  private static final int MAX_NAME_CHARS = 64;

  /** Inclusive limits; null where there is none. Lengths are in code points or items. */
  record Bounds(
      @Nullable Double minimum,
      @Nullable Double maximum,
      @Nullable Long minSize,
      @Nullable Long maxSize,
      @Nullable Long maxBytes) {}

  /**
   * Adds to {@code complaints} whatever is wrong with {@code value}, which stands at {@code path}.
   */
  void check(@Nullable Object value, String path, Complaints complaints) {
    if (!hasType(value) || !hasRange(value)) {
      complaints.add("%s must be %s, was %s".formatted(named(path), wanted(), Shown.value(value)));
      return;
    }
    if (value instanceof List<?> list && items != null) {
      for (int i = 0; i < list.size(); i++) {
        items.check(list.get(i), path + "[" + i + "]", complaints);
      }
    }
    if (value instanceof Map<?, ?> fields) {
      checkFields(fields, path, complaints);
    }
  }

  private void checkFields(Map<?, ?> fields, String path, Complaints complaints) {
    Long maxBytes = bounds.maxBytes();
    if (maxBytes != null) {
      int bytes = Shown.utf8Bytes(Json.encode(fields));
      if (bytes > maxBytes) {
        complaints.add(
            "%s must be an object of at most %d bytes as JSON, was %d bytes"
                .formatted(named(path), maxBytes, bytes));
      }
    }
    if (!oneOf.isEmpty() && oneOf.stream().noneMatch(name -> given(fields, name))) {
      complaints.add(
          oneOf.stream().map(name -> at(path, name)).collect(Collectors.joining(" or "))
              + " is required");
    }
    if (closed) {
      refuseOthers(fields, path, complaints);
    }
    for (Map.Entry<String, Schema> property : properties.entrySet()) {
      String name = property.getKey();
      Schema schema = property.getValue();
      if (given(fields, name)) {
        schema.check(fields.get(name), at(path, name), complaints);
      } else if (required.contains(name)) {
        complaints.add("%s is required and must be %s".formatted(at(path, name), schema.wanted()));
      }
    }
  }

  private void refuseOthers(Map<?, ?> fields, String path, Complaints complaints) {
    for (Object name : fields.keySet()) {
      if (!properties.containsKey(name)) {
        complaints.add(
            "%s must be one of %s"
                .formatted(
                    at(path, Shown.text((String) name, MAX_NAME_CHARS)),
                    String.join(", ", properties.keySet())));
      }
    }
  }

  /** Null is the same as absent, unless the field has a meaning for it. */
  private boolean given(Map<?, ?> fields, String name) {
    Schema schema = properties.get(name);
    return fields.get(name) != null
        || (fields.containsKey(name) && schema != null && schema.types.contains("null"));
  }

  private boolean hasType(@Nullable Object value) {
    return switch (value) {
      case null -> types.contains("null");
      case String _ -> types.contains("string");
      case Boolean _ -> types.contains("boolean");
      case List<?> _ -> types.contains("array");
      case Map<?, ?> _ -> types.contains("object");
      case Number number ->
          types.contains("number") || (types.contains("integer") && isWhole(number));
      default -> false;
    };
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long
        || number instanceof BigInteger
        || (number instanceof Double d && d == Math.rint(d));
  }

  private boolean hasRange(@Nullable Object value) {
    return switch (value) {
      case String text -> accepts(text);
      case Number number -> accepts(number);
      case List<?> list -> sized(list.size());
      case null, default -> true;
    };
  }

  private boolean accepts(String text) {
    int codePoints = text.codePointCount(0, text.length());
    Long maxBytes = bounds.maxBytes();
    return sized(codePoints)
        && (maxBytes == null || Shown.utf8Bytes(text) <= maxBytes)
        && (allowed.isEmpty() || allowed.contains(text))
        && (pattern == null || pattern.matcher(text).matches())
        && (!isTime || Instants.unixSeconds(text).isPresent());
  }

  private boolean accepts(Number number) {
    double value = number.doubleValue(); // every limit of the document is exact as a double
    return (bounds.minimum() == null || value >= bounds.minimum())
        && (bounds.maximum() == null || value <= bounds.maximum());
  }

  private boolean sized(long size) {
    return (bounds.minSize() == null || size >= bounds.minSize())
        && (bounds.maxSize() == null || size <= bounds.maxSize());
  }

  /** What would be right, as it completes "must be …". */
  String wanted() {
    if (says != null) {
      return says;
    }
    return types.stream().sorted().map(this::wanted).collect(Collectors.joining(" or "));
  }

  private String wanted(String type) {
    return switch (type) {
      case "integer" -> "an integer" + range();
      case "number" -> "a number" + range();
      case "string" ->
          allowed.isEmpty() ? "a string" + size() : "one of " + String.join(", ", allowed);
      case "array" -> "an array" + size();
      case "object" -> "an object";
      case "boolean" -> "true or false";
      case "null" -> "null";
      default -> throw new IllegalStateException("no such type: " + type);
    };
  }

  private String range() {
    Double minimum = bounds.minimum();
    Double maximum = bounds.maximum();
    if (minimum != null && maximum != null) {
      return " from %s to %s".formatted(shown(minimum), shown(maximum));
    }
    return minimum == null ? "" : " of at least " + shown(minimum);
  }

  private static String shown(double limit) {
    return limit == Math.rint(limit) && Math.abs(limit) < MAX_PLAIN
        ? Long.toString((long) limit)
        : Double.toString(limit);
  }

  private String size() {
    Long min = bounds.minSize();
    boolean inBytes = bounds.maxBytes() != null;
    Long max = inBytes ? bounds.maxBytes() : bounds.maxSize();
    String unit = types.contains("array") ? "items" : inBytes ? "bytes of UTF-8" : "characters";
    if (max == null) {
      return min == null ? "" : " of at least %d %s".formatted(min, unit);
    }
    return min == null || min == 0
        ? " of at most %d %s".formatted(max, unit)
        : " of %d to %d %s".formatted(min, max, unit);
  }

  private static String at(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String named(String path) {
    return path.isEmpty() ? "the body" : path;
  }
}
