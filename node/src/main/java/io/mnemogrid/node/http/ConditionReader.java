package io.mnemogrid.node.http;

import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldTest.Likeness;
import io.mnemogrid.node.model.FieldTest.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter in the language that the document describes under {@code Conditions}. Used for one
 * filter.
 */
final class ConditionReader {
  static final int MAX_CONDITIONS = 100;
  static final int MAX_DEPTH = 8;
  static final int MAX_REGEXES = 8;

  private static final String AND = "$and";
  private static final String OR = "$or";
  private static final String NOT = "$not";
  private static final List<String> OPERATORS =
      List.of(
          "$eq",
          "$ne",
          "$gt",
          "$gte",
          "$lt",
          "$lte",
          "$in",
          "$nin",
          "$exists",
          "$contains",
          "$icontains",
          "$startsWith",
          "$endsWith",
          "$glob",
          "$regex",
          "$arrayContains",
          "$arrayContainsAll",
          "$arrayContainsAny",
          NOT);

  private final Complaints complaints = new Complaints();
  private final Operands operands = new Operands(complaints);
  private int conditions;
  private int regexes;

  private ConditionReader() {}

  /**
   * Reads a filter.
   *
   * @param filter JSON as {@link JsonText} reads it; null for none
   * @param path where it stands in the request
   * @throws RequestRefused naming all that is wrong with it
   */
  static Condition read(@Nullable Object filter, String path) {
    if (filter == null) {
      return Condition.ALWAYS;
    }
    ConditionReader reader = new ConditionReader();
    Condition condition = reader.object(filter, path, 0);
    reader.requireFew(path);
    reader.complaints.orThrow();
    return condition;
  }

  private void requireFew(String path) {
    if (conditions > MAX_CONDITIONS) {
      complaints.add(
          "%s must have at most %d conditions, had %d".formatted(path, MAX_CONDITIONS, conditions));
    }
    if (regexes > MAX_REGEXES) {
      complaints.add(
          "%s must have $regex at most %d times, had it %d times"
              .formatted(path, MAX_REGEXES, regexes));
    }
  }

  /** All of an object's conditions. */
  private Condition object(@Nullable Object value, String path, int depth) {
    if (!(value instanceof Map<?, ?>)) {
      complaints.add(
          "%s must be an object of conditions, was %s".formatted(path, Shown.value(value)));
      return Condition.NEVER;
    }
    List<Condition> all = new ArrayList<>();
    References.object(value)
        .forEach((name, operand) -> {
          String at = at(path, name);
          all.add(
              switch (name) {
                case AND -> Condition.all(list(operand, at, depth + 1));
                case OR -> Condition.any(list(operand, at, depth + 1));
                case NOT -> Condition.not(deeper(operand, at, depth + 1));
                default -> named(name, operand, at, depth);
              });
        });
    return Condition.all(all);
  }

  private List<Condition> list(@Nullable Object value, String path, int depth) {
    if (!(value instanceof List<?> items) || items.isEmpty()) {
      complaints.add(
          "%s must be an array of at least 1 object of conditions, was %s"
              .formatted(path, Shown.value(value)));
      return List.of(Condition.NEVER);
    }
    List<Condition> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      all.add(deeper(items.get(i), path + "[" + i + "]", depth));
    }
    return all;
  }

  private Condition deeper(@Nullable Object value, String path, int depth) {
    if (depth > MAX_DEPTH) {
      complaints.add(
          "%s must not be inside more than %d of $and, $or and $not".formatted(path, MAX_DEPTH));
      return Condition.NEVER;
    }
    return object(value, path, depth);
  }

  private Condition named(String name, @Nullable Object operand, String path, int depth) {
    if (name.isEmpty() || name.startsWith("$")) {
      complaints.add("%s must be $and, $or, $not or the name of a field".formatted(path));
      return Condition.NEVER;
    }
    Optional<FilterField> field = FilterField.named(name);
    if (field.isEmpty()) {
      complaints.add(
          "%s must be one of %s, or a field of the metadata, as metadata.%s"
              .formatted(path, String.join(", ", FilterField.ownNames()), shown(name)));
      return Condition.NEVER;
    }
    return operand instanceof Map<?, ?>
        ? tests(field.get(), operand, path, depth)
        : test(field.get(), "$eq", operand, path);
  }

  /** All of the tests that an object of operators holds. */
  private Condition tests(FilterField field, @Nullable Object value, String path, int depth) {
    if (!(value instanceof Map<?, ?> operators) || operators.isEmpty()) {
      complaints.add(
          "%s must be an object of operators, was %s".formatted(path, Shown.value(value)));
      return Condition.NEVER;
    }
    if (depth > MAX_DEPTH) {
      return deeper(value, path, depth);
    }
    List<Condition> all = new ArrayList<>();
    References.object(value)
        .forEach((operator, operand) -> {
          String at = at(path, operator);
          if (operator.equals(NOT)) {
            all.add(Condition.not(tests(field, operand, at, depth + 1)));
          } else if (operator.startsWith("$")) {
            all.add(test(field, operator, operand, at));
          } else {
            complaints.add(
                "%s must be an operator; a field inside another is named by its path, as \"%s.%s\""
                    .formatted(at, shown(field.name()), shown(operator)));
          }
        });
    return Condition.all(all);
  }

  private Condition test(
      FilterField field, String operator, @Nullable Object operand, String path) {
    conditions++;
    Operands.Place place = new Operands.Place(field, path);
    FieldTest test = test(place, operator, operand);
    if (test == null) {
      complaints.add("%s must be one of %s".formatted(path, String.join(", ", OPERATORS)));
      return Condition.NEVER;
    }
    Condition condition = new Condition.On(field.field(), test);
    boolean opposite =
        operator.equals("$ne")
            || operator.equals("$nin")
            || (operator.equals("$exists") && !operands.flag(place, operand));
    return opposite ? Condition.not(condition) : condition;
  }

  private @Nullable FieldTest test(
      Operands.Place place, String operator, @Nullable Object operand) {
    return switch (operator) {
      case "$eq", "$ne" -> new FieldTest.Equals(operands.value(place, operand));
      case "$gt" -> new FieldTest.Compares(Order.GREATER, operands.end(place, operand));
      case "$gte" -> new FieldTest.Compares(Order.AT_LEAST, operands.bound(place, operand));
      case "$lt" -> new FieldTest.Compares(Order.LESS, operands.bound(place, operand));
      case "$lte" -> new FieldTest.Compares(Order.AT_MOST, operands.end(place, operand));
      case "$in", "$nin" -> new FieldTest.OneOf(operands.values(place, operand, 0));
      case "$exists" -> new FieldTest.Exists();
      case "$contains" -> new FieldTest.Contains(operands.part(place, operand));
      case "$icontains" -> like(place, Likeness.CONTAINS_IGNORING_CASE, operand);
      case "$startsWith" -> like(place, Likeness.STARTS_WITH, operand);
      case "$endsWith" -> like(place, Likeness.ENDS_WITH, operand);
      case "$glob" -> like(place, Likeness.GLOB, operand);
      case "$regex" -> like(place, Likeness.REGEX, operand);
      case "$arrayContains" -> new FieldTest.HoldsAny(List.of(operands.element(place, operand)));
      case "$arrayContainsAny" -> new FieldTest.HoldsAny(operands.elements(place, operand));
      case "$arrayContainsAll" -> new FieldTest.HoldsAll(operands.elements(place, operand));
      default -> null;
    };
  }

  private FieldTest like(Operands.Place place, Likeness likeness, @Nullable Object operand) {
    regexes += likeness == Likeness.REGEX ? 1 : 0;
    return new FieldTest.Matches(likeness, operands.text(place, likeness, operand));
  }

  private static String at(String path, String name) {
    return path + "." + shown(name);
  }

  private static String shown(String name) {
    return Shown.text(name, 64);
  }
}
