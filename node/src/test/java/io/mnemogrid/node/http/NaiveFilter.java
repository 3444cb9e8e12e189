package io.mnemogrid.node.http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a filter means, said over again as plainly as can be: on maps, value by value, with nothing
 * of the node's own.
 */
final class NaiveFilter {
  private static final Set<String> TIMES =
      Set.of("created_at", "updated_at", "expires_at", "valid_from", "provenance.written_at");

  private final Map<String, ?> memory;

  /**
   * @param memory as the node shows it
   */
  NaiveFilter(Map<String, ?> memory) {
    this.memory = memory;
  }

  boolean holds(Map<String, ?> filter) {
    return filter.entrySet().stream().allMatch(entry -> holds(entry.getKey(), entry.getValue()));
  }

  private boolean holds(String name, @Nullable Object operand) {
    return switch (name) {
      case "$and" -> list(operand).stream().allMatch(each -> holds(map(each)));
      case "$or" -> list(operand).stream().anyMatch(each -> holds(map(each)));
      case "$not" -> !holds(map(operand));
      default -> {
        Map<String, ?> operators =
            operand instanceof Map<?, ?> ? map(operand) : Collections.singletonMap("$eq", operand);
        yield operators.entrySet().stream()
            .allMatch(each -> passes(name, each.getKey(), each.getValue()));
      }
    };
  }

  private boolean passes(String name, String operator, @Nullable Object operand) {
    List<@Nullable Object> values = values(name);
    boolean ofDay =
        TIMES.contains(name)
            && operand instanceof String text
            && text.length() == 10
            && (operator.equals("$gt") || operator.equals("$lte"));
    Object begin = TIMES.contains(name) ? inSeconds(operand) : operand;
    Object with = ofDay && begin instanceof Number first ? first.longValue() + 86_399 : begin;
    return switch (operator) {
      case "$not" ->
          !map(operand).entrySet().stream()
              .allMatch(each -> passes(name, each.getKey(), each.getValue()));
      case "$eq" -> equalsOne(values, with);
      case "$ne" -> !equalsOne(values, with);
      case "$in" -> list(with).stream().anyMatch(each -> equalsOne(values, each));
      case "$nin" -> list(with).stream().noneMatch(each -> equalsOne(values, each));
      case "$exists" -> values.isEmpty() != (Boolean) Objects.requireNonNull(operand);
      case "$gt" -> any(values, value -> order(value, with) > 0 && order(value, with) != NO_ORDER);
      case "$gte" ->
          any(values, value -> order(value, with) >= 0 && order(value, with) != NO_ORDER);
      case "$lt" -> any(values, value -> order(value, with) < 0);
      case "$lte" -> any(values, value -> order(value, with) <= 0);
      case "$contains" ->
          values.stream()
              .anyMatch(value ->
                  value instanceof List<?> elements
                      ? elements.stream().anyMatch(each -> equal(each, with))
                      : value instanceof String text
                          && with instanceof String part
                          && text.contains(part));
      case "$icontains" ->
          values.stream()
              .anyMatch(value ->
                  value instanceof List<?> elements
                      ? elements.stream()
                          .anyMatch(each -> each instanceof String && equal(low(each), low(with)))
                      : value instanceof String text && low(text).contains(low(with)));
      case "$startsWith" -> anyText(values, text -> text.startsWith((String) with));
      case "$endsWith" -> anyText(values, text -> text.endsWith((String) with));
      case "$glob" ->
          anyText(
              values,
              text ->
                  Pattern.compile(fromGlob((String) Objects.requireNonNull(with)))
                      .matcher(text)
                      .matches());
      case "$regex" -> anyText(values, text -> Pattern.compile((String) with).matcher(text).find());
      case "$arrayContains" -> anyArray(values, array -> has(array, with));
      case "$arrayContainsAny" ->
          anyArray(values, array -> list(with).stream().anyMatch(each -> has(array, each)));
      case "$arrayContainsAll" ->
          anyArray(values, array -> list(with).stream().allMatch(each -> has(array, each)));
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static final int NO_ORDER = 2;

  /** All that stands at the name; own fields that are null are not there. */
  private List<@Nullable Object> values(String name) {
    List<@Nullable Object> values = new ArrayList<>();
    String own = name.equals("author") ? "provenance.author" : name;
    if (own.startsWith("provenance.")) {
      add(values, map(memory.get("provenance")).get(own.substring("provenance.".length())));
    } else if (!own.startsWith("metadata.") && memory.containsKey(own)) {
      add(values, memory.get(own));
    } else if (memory.get("metadata") instanceof Map<?, ?> metadata) {
      reach(map(metadata), own.startsWith("metadata.") ? own.substring(9) : own, values);
    }
    return values;
  }

  private static void add(List<@Nullable Object> values, @Nullable Object value) {
    if (value != null) {
      values.add(value);
    }
  }

  private static void reach(Map<String, ?> object, String path, List<@Nullable Object> values) {
    object.forEach((key, value) -> {
      if (path.equals(key)) {
        values.add(value);
      } else if (path.startsWith(key + ".")) {
        String rest = path.substring(key.length() + 1);
        for (Object next : value instanceof List<?> array ? array : List.of(orText(value))) {
          if (next instanceof Map<?, ?>) {
            reach(map(next), rest, values);
          }
        }
      }
    });
  }

  private static Object orText(@Nullable Object value) {
    return value == null ? "null" : value;
  }

  private static boolean equalsOne(List<@Nullable Object> values, @Nullable Object with) {
    return (with == null && values.isEmpty()) || any(values, value -> equal(value, with));
  }

  /** Of one of the values, or of an element of one. */
  private static boolean any(
      List<@Nullable Object> values, Predicate<? super @Nullable Object> test) {
    for (Object value : values) {
      if (value instanceof List<?> array ? array.stream().anyMatch(test) : test.test(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyText(List<@Nullable Object> values, Predicate<String> test) {
    return any(values, value -> value instanceof String text && test.test(text));
  }

  private static boolean anyArray(List<@Nullable Object> values, Predicate<List<?>> test) {
    return values.stream().anyMatch(value -> value instanceof List<?> array && test.test(array));
  }

  private static boolean has(List<?> array, @Nullable Object wanted) {
    return array.stream().anyMatch(each -> equal(each, wanted));
  }

  private static boolean equal(@Nullable Object value, @Nullable Object with) {
    if (value instanceof Number a && with instanceof Number b) {
      return decimal(a).compareTo(decimal(b)) == 0;
    }
    return !(value instanceof Map<?, ?>)
        && !(value instanceof List<?>)
        && Objects.equals(value, with);
  }

  private static int order(@Nullable Object value, @Nullable Object with) {
    if (value instanceof Number a && with instanceof Number b) {
      return decimal(a).compareTo(decimal(b));
    }
    if (value instanceof String a && with instanceof String b) {
      Instant timeA = time(a);
      Instant timeB = time(b);
      return Integer.signum(
          timeA != null && timeB != null
              ? timeA.compareTo(timeB)
              : compare(a.codePoints().toArray(), b.codePoints().toArray()));
    }
    return NO_ORDER;
  }

  private static int compare(int[] a, int[] b) {
    return java.util.Arrays.compare(a, b);
  }

  /** Whole numbers of 64 bits as they are, all others as doubles. */
  private static BigDecimal decimal(Number number) {
    return switch (number) {
      case Long whole -> BigDecimal.valueOf(whole);
      case Integer whole -> BigDecimal.valueOf(whole);
      case BigInteger large -> new BigDecimal(large.doubleValue());
      default -> new BigDecimal(number.doubleValue());
    };
  }

  private static @Nullable Object inSeconds(@Nullable Object operand) {
    if (operand instanceof List<?> items) {
      List<@Nullable Object> seconds = new ArrayList<>();
      items.forEach(item -> seconds.add(inSeconds(item)));
      return seconds;
    }
    if (operand instanceof String text) {
      Instant time = Objects.requireNonNull(time(text), text);
      return time.getEpochSecond() + time.getNano() / 1e9;
    }
    return operand;
  }

  /** The time as the JDK reads it; null if it is none. */
  static @Nullable Instant time(String text) {
    String iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeParseException _) {
      try {
        return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      } catch (DateTimeParseException _) {
        try {
          return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException _) {
          return null;
        }
      }
    }
  }

  private static String fromGlob(String glob) {
    return "(?s)"
        + glob.replaceAll("[.(){}|^$+]", "\\\\$0")
            .replace("*", ".*")
            .replace("?", ".")
            .replace("[!", "[^");
  }

  private static String low(@Nullable Object text) {
    return ((String) Objects.requireNonNull(text)).toLowerCase(Locale.ROOT);
  }

  private static List<?> list(@Nullable Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }

  private static Map<String, Object> map(@Nullable Object value) {
    return References.object(value);
  }
}
