package io.mnemogrid.node.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws metadata, and filters that have a chance to hold of it: both from the same few values. */
final class RandomFilters {
  static final List<String> WORDS =
      List.of(
          "red", "Red", "green", "greenish", "a", "ab", "é", "É", "😀", "\uFFFD", "q\"\\\n", "");
  static final List<String> TIMES =
      List.of(
          "2026-01-31",
          "2026-01-31T00:00",
          "2026-01-31T01:00:00+02:00",
          "2026-01-31 12:00:00.25Z",
          "2026-01-31T12:00:00.250000001Z",
          "2026-02-30",
          "1970-01-01T00:01:40Z");
  static final List<String> TYPES = List.of("episodic", "semantic", "working");

  private static final List<String> KEYS =
      List.of("a", "b", "c", "a.b", "b.c", "é", "q\"", "version", "tags", "");
  private static final List<String> PATHS =
      List.of(
          "a",
          "b",
          "c",
          "a.b",
          "a.b.c",
          "b.c",
          "a.a",
          "a.c",
          "b.a",
          "é",
          "q\"",
          "none",
          "a.é",
          "metadata.version",
          "metadata.tags",
          "metadata.a",
          "metadata.",
          "metadata.a.tags",
          "c.");
  private static final List<Number> NUMBERS =
      List.of(
          0L,
          1L,
          -1L,
          1.0,
          0.5,
          0.1,
          -0.0,
          1e2,
          100L,
          9007199254740993L,
          9007199254740992.0,
          Long.MAX_VALUE,
          9.223372036854776e18,
          new java.math.BigInteger("12345678901234567890"),
          1.2345678901234567e19,
          1e-7,
          123456789.12345679);
  private static final List<String> TEXT_OPERATORS =
      List.of("$icontains", "$startsWith", "$endsWith");
  private static final List<String> GLOBS =
      List.of(
          "*", "r*", "*e*", "?ed", "[rR]ed", "[!r]*", "*[a-e]", "a?", "😀", "gr*i*h", "2026-*Z");
  private static final List<String> REGEXES =
      List.of("^r", "(?i)RED", "e+", "^.$", "^$", "a|b", "\\d{4}-\\d{2}", "[^a-z]", "ish$");
  private static final List<String> TEXT_FIELDS =
      List.of("id", "content", "session_id", "author", "provenance.author_key_id", "tags");
  private static final List<String> NUMBER_FIELDS =
      List.of("importance", "version", "provenance.version");
  private static final List<String> TIME_FIELDS =
      List.of("created_at", "updated_at", "expires_at", "valid_from", "provenance.written_at");

  private final RandomGenerator random;

  RandomFilters(RandomGenerator random) {
    this.random = random;
  }

  Map<String, @Nullable Object> metadata() {
    return object(3);
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.put(one(KEYS), json(depth));
    }
    return object;
  }

  private @Nullable Object json(int depth) {
    int kind = random.nextInt(depth > 0 ? 10 : 6);
    if (kind < 6) {
      return scalar();
    }
    if (kind < 8) {
      return object(depth - 1);
    }
    List<@Nullable Object> array = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(json(depth - 1));
    }
    return array;
  }

  @Nullable Object scalar() {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2, 3 -> one(NUMBERS);
      case 4 -> one(TIMES);
      default -> one(WORDS);
    };
  }

  /** Conditions of at most that many levels of $and, $or and $not. */
  Map<String, @Nullable Object> filter(int depth) {
    Map<String, @Nullable Object> filter = new LinkedHashMap<>();
    for (int i = random.nextInt(8) == 0 ? 2 : 1; i > 0; i--) {
      switch (depth > 0 ? random.nextInt(8) : 3) {
        case 0 -> filter.put("$and", filters(depth - 1));
        case 1 -> filter.put("$or", filters(depth - 1));
        case 2 -> filter.put("$not", filter(depth - 1));
        default -> addField(filter);
      }
    }
    return filter;
  }

  private List<Map<String, @Nullable Object>> filters(int depth) {
    List<Map<String, @Nullable Object>> filters = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      filters.add(filter(depth));
    }
    return filters;
  }

  private void addField(Map<String, @Nullable Object> filter) {
    switch (random.nextInt(8)) {
      case 0 -> filter.put(one(TEXT_FIELDS), test(this::text, true));
      case 1 -> filter.put(one(NUMBER_FIELDS), test(this::smallNumber, false));
      case 2 -> filter.put(one(TIME_FIELDS), test(this::time, false));
      case 3 -> filter.put("memory_type", test(() -> one(TYPES), true));
      case 4 -> filter.put("tags", Map.of("$arrayContains" + one(List.of("All", "Any")), texts(1)));
      default -> filter.put(one(PATHS), random.nextInt(4) == 0 ? arrayTest() : openTest());
    }
  }

  private interface Draw {
    @Nullable Object next();
  }

  /** A test that goes with a field whose values are all of one type. */
  private @Nullable Object test(Draw value, boolean texts) {
    Map<String, @Nullable Object> test = new LinkedHashMap<>();
    String operator =
        one(List.of("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "text"));
    switch (operator) {
      case "$in", "$nin" -> test.put(operator, several(value, 0));
      case "$exists" -> test.put(operator, random.nextBoolean());
      case "text" -> {
        if (texts) {
          addTextTest(test);
        } else {
          return value.next();
        }
      }
      default -> test.put(operator, value.next());
    }
    return random.nextInt(6) == 0 ? Map.of("$not", test) : test;
  }

  private @Nullable Object openTest() {
    Draw ordered = () -> random.nextBoolean() ? text() : one(NUMBERS);
    Map<String, @Nullable Object> test = new LinkedHashMap<>();
    switch (random.nextInt(8)) {
      case 0 -> {
        return scalar();
      }
      case 1 -> test.put(one(List.of("$eq", "$ne")), scalar());
      case 2 -> test.put(one(List.of("$in", "$nin")), several(this::scalar, 0));
      case 3 -> test.put("$exists", random.nextBoolean());
      case 4, 5 -> test.put(one(List.of("$gt", "$gte", "$lt", "$lte")), ordered.next());
      default -> addTextTest(test);
    }
    if (random.nextInt(5) == 0) {
      test.put("$ne", scalar());
    }
    return random.nextInt(6) == 0 ? Map.of("$not", test) : test;
  }

  private Map<String, @Nullable Object> arrayTest() {
    Map<String, @Nullable Object> test = new LinkedHashMap<>();
    switch (random.nextInt(4)) {
      case 0 -> test.put("$arrayContains", scalar());
      case 1 -> test.put("$arrayContainsAll", several(this::scalar, 1));
      case 2 -> test.put("$arrayContainsAny", several(this::scalar, 1));
      default -> {
        Object part = scalar();
        test.put("$contains", part == null ? "e" : part);
      }
    }
    return test;
  }

  private void addTextTest(Map<String, @Nullable Object> test) {
    switch (random.nextInt(6)) {
      case 0 -> test.put("$glob", one(GLOBS));
      case 1 -> test.put("$regex", one(REGEXES));
      case 2 -> test.put("$contains", text());
      default -> test.put(one(TEXT_OPERATORS), text());
    }
  }

  String text() {
    return random.nextInt(5) == 0 ? one(TIMES) : one(WORDS);
  }

  List<@Nullable Object> texts(int least) {
    return several(this::text, least);
  }

  /** From the range of importances and versions. */
  Number smallNumber() {
    return random.nextBoolean() ? random.nextInt(4) : random.nextInt(11) / 10.0;
  }

  /** Unix seconds from 0 to 200, or a time as ISO 8601 writes it. */
  Object time() {
    return random.nextInt(3) == 0
        ? one(List.of("1970-01-01T00:01:40Z", "1970-01-01T00:01:39.5Z", "1970-01-01", "2026-01-31"))
        : (Object) random.nextInt(200);
  }

  private List<@Nullable Object> several(Draw value, int least) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = random.nextInt(least, 5); i > 0; i--) {
      values.add(value.next());
    }
    return values;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
