package io.mnemogrid.node.http;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Draws values that a schema of the document does not allow, and one that it does. */
final class BadInput {
  /** Stands in a body where text goes that is no JSON value; the test puts it in. */
  static final String HOLE = "@@hole@@";

  private static final List<String> NAMES =
      List.of(
          "..", "a..b", "a/b", "a b", "-a", "a\u0000b", "a\nb", "a\n", "é", "😀", "%2e", "*", "");
  private static final int HUGE = 1 << 20;

  private final References references;

  BadInput(References references) {
    this.references = references;
  }

  /** A value that must be refused; {@code path} is how the answer must name it. */
  record Case(String path, String why, @Nullable Object body) {}

  /** All bad bodies of an object schema: one field wrong at a time. */
  List<Case> bodies(Map<String, Object> schema) {
    List<Case> cases = new ArrayList<>();
    Map<String, Object> good = References.object(good(schema));
    for (Object other : List.of("text", 7, true, List.of())) {
      cases.add(new Case("the body", "is not an object", other));
    }
    addFields(schema, good, "", cases, bad -> bad);
    return cases;
  }

  /** Puts a bad inner value into the whole body. */
  private interface Frame {
    @Nullable Object around(@Nullable Object inner);
  }

  private void addFields(
      Map<String, Object> schema,
      Map<String, Object> good,
      String prefix,
      List<Case> cases,
      Frame frame) {
    Object properties = schema.get("properties");
    if (properties == null) {
      return;
    }
    List<?> required = (List<?>) schema.getOrDefault("required", List.of());
    References.object(properties)
        .forEach((name, declared) -> {
          Map<String, Object> property = references.resolve(declared);
          String path = prefix + name;
          boolean needed = required.contains(name);
          Frame field =
              bad -> {
                Map<String, @Nullable Object> body = new LinkedHashMap<>(good);
                body.put(name, bad);
                return frame.around(body);
              };
          if (needed) {
            Map<String, Object> without = new LinkedHashMap<>(good);
            without.remove(name);
            cases.add(new Case(path, "is missing", frame.around(without)));
            cases.add(new Case(path, "is null", field.around(null)));
          }
          addValues(property, path, cases, field);
        });
  }

  private void addValues(Map<String, Object> schema, String path, List<Case> cases, Frame frame) {
    bad(schema).forEach((why, value) -> cases.add(new Case(path, why, frame.around(value))));
    List<String> types = types(schema);
    if (types.contains("number") || types.contains("integer")) {
      cases.add(new Case(HOLE, "is not JSON", frame.around(HOLE)));
    }
    if (types.contains("array") && schema.get("items") != null) {
      Map<String, Object> items = references.resolve(schema.get("items"));
      Object good = good(items);
      Frame second = bad -> frame.around(listOf(good, bad));
      String at = path + "[1]";
      cases.add(new Case(at, "is null", second.around(null)));
      if (types(items).contains("object")) {
        addFields(items, References.object(good), at + ".", cases, second);
      }
      bad(items).forEach((why, value) -> cases.add(new Case(at, why, second.around(value))));
    }
    if (types.contains("object")) {
      addFields(schema, References.object(good(schema)), path + ".", cases, frame);
    }
  }

  private static List<@Nullable Object> listOf(@Nullable Object first, @Nullable Object second) {
    List<@Nullable Object> list = new ArrayList<>();
    list.add(first);
    list.add(second);
    return list;
  }

  /** Bad values of one schema by what is wrong with them. */
  Map<String, Object> bad(Map<String, Object> schema) {
    Map<String, Object> bad = new LinkedHashMap<>();
    List<String> types = types(schema);
    Map.of("string", "text", "boolean", true, "array", List.of(), "object", Map.of(), "number", 1.5)
        .forEach((type, value) -> {
          boolean allowed = types.contains(type);
          if (!allowed) {
            bad.put("is of the type " + type, value);
          }
        });
    for (String type : types) {
      switch (type) {
        case "string" -> addTexts(schema, bad);
        case "integer", "number" -> addNumbers(schema, bad);
        case "array" -> addSizes(schema, bad);
        case "object" -> addObjects(schema, bad);
        default -> {}
      }
    }
    return bad;
  }

  /** The bad texts alone, as a parameter in path or query can have them. */
  Map<String, Object> badTexts(Map<String, Object> schema) {
    Map<String, Object> bad = new LinkedHashMap<>();
    addTexts(schema, bad);
    return bad;
  }

  private static void addTexts(Map<String, Object> schema, Map<String, Object> bad) {
    String pattern = (String) schema.get("pattern");
    if (pattern != null) {
      Pattern whole = Pattern.compile(pattern.replaceAll("\\$$", "\\\\z"));
      for (String name : NAMES) {
        if (!whole.matcher(name).find()) {
          bad.put("does not fit: " + name.codePoints().boxed().toList(), name);
        }
      }
    }
    if (schema.get("enum") != null) {
      bad.put("is no value of the enum", "no-such-value");
      bad.put("is empty", "");
    }
    if (schema.get("minLength") instanceof Integer min && min > 0) {
      bad.put("is empty", "");
    }
    if (schema.get("maxLength") instanceof Integer max) {
      bad.put("is one too long", "a".repeat(max + 1));
      bad.put("is huge", "a".repeat(HUGE));
    }
    if (schema.get("x-max-bytes") instanceof Integer max) {
      bad.put("is one byte too long", "a".repeat(max + 1));
      bad.put("is too long in bytes only", "é".repeat(max / 2 + 1));
    }
    if ("date-time".equals(schema.get("format"))) {
      bad.put("is no time", "yesterday");
      bad.put("is no day", "2026-13-45T00:00:00Z");
    }
  }

  private static void addNumbers(Map<String, Object> schema, Map<String, Object> bad) {
    if (schema.get("minimum") != null) {
      BigDecimal minimum = new BigDecimal(schema.get("minimum").toString());
      bad.put("is below", below(schema, minimum));
    }
    if (schema.get("maximum") != null) {
      BigDecimal maximum = new BigDecimal(schema.get("maximum").toString());
      bad.put("is above", below(schema, maximum.negate()).negate());
      bad.put("is far above", new BigDecimal("1e60"));
    }
  }

  private static BigDecimal below(Map<String, Object> schema, BigDecimal limit) {
    return types(schema).contains("integer")
        ? limit.subtract(BigDecimal.ONE)
        : limit.subtract(limit.abs().add(BigDecimal.ONE).movePointLeft(3));
  }

  private void addSizes(Map<String, Object> schema, Map<String, Object> bad) {
    if (schema.get("minItems") instanceof Integer min && min > 0) {
      bad.put("has too few", List.of());
    }
    if (schema.get("maxItems") instanceof Integer max) {
      Object item = good(references.resolve(schema.get("items")));
      bad.put("has one too many", Collections.nCopies(max + 1, item));
    }
  }

  private static void addObjects(Map<String, Object> schema, Map<String, Object> bad) {
    if (schema.get("x-max-bytes") instanceof Integer max) {
      bad.put("is too large", Map.of("a", "b".repeat(max)));
    }
    if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
      bad.put("has a field that is not known", Map.of("no_such_field", 1));
    }
  }

  /** A value that the schema allows, with the required fields only. */
  Object good(Map<String, Object> schema) {
    if (schema.get("enum") instanceof List<?> values) {
      return values.getFirst();
    }
    return switch (types(schema).getFirst()) {
      case "string" -> schema.containsKey("format") ? "2030-01-31T12:00:00Z" : "a1";
      case "integer", "number" -> schema.getOrDefault("minimum", 1);
      case "boolean" -> true;
      case "array" -> List.of(good(references.resolve(schema.get("items"))));
      case "object" -> goodObject(schema);
      default -> throw new IllegalStateException("no such type in " + schema);
    };
  }

  private Map<String, Object> goodObject(Map<String, Object> schema) {
    Map<String, Object> good = new LinkedHashMap<>();
    List<Object> names = new ArrayList<>((List<?>) schema.getOrDefault("required", List.of()));
    if (schema.get("anyOf") instanceof List<?> branches) {
      names.add(firstRequired(References.object(branches.getFirst())));
    }
    Object properties = schema.getOrDefault("properties", Map.of());
    for (Object name : names) {
      Object property = References.object(properties).get((String) name);
      good.put((String) name, good(references.resolve(property)));
    }
    return good;
  }

  private static Object firstRequired(Map<String, Object> branch) {
    return ((List<?>) branch.getOrDefault("required", List.of())).getFirst();
  }

  private static List<String> types(Map<String, Object> schema) {
    return schema.get("type") instanceof List<?> many
        ? many.stream().map(String.class::cast).toList()
        : List.of((String) schema.get("type"));
  }
}
