package io.mnemogrid.node.http;

import io.mnemogrid.node.model.FieldTest.Likeness;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.Glob;
import io.mnemogrid.node.model.MemoryField.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the operators of a filter compare with. What does not go with the operator or with the
 * field is complained about, and something harmless stands in its place.
 */
final class Operands {
  static final int MAX_VALUES = 1_000;
  static final int MAX_GLOB_CHARS = 256;

  private static final FieldValue NULL = new FieldValue.Null();

  private final Complaints complaints;

  Operands(Complaints complaints) {
    this.complaints = complaints;
  }

  /**
   * Where an operand stands.
   *
   * @param path in the request, with the operator
   */
  record Place(FilterField field, String path) {}

  /** What a value of the field may be equal to. */
  FieldValue value(Place place, @Nullable Object operand) {
    if (operand == null) {
      return NULL;
    }
    FilterField field = place.field();
    Optional<FieldValue> value = field.valueOf(operand);
    if (value.isEmpty() || !(field.words().isEmpty() || field.words().contains(operand))) {
      return wrong(place, field.wanted() + ", or null", operand);
    }
    return value.get();
  }

  /** Several of them. */
  List<FieldValue> values(Place place, @Nullable Object operand, int least) {
    if (!(operand instanceof List<?> items) || items.size() < least || items.size() > MAX_VALUES) {
      wrong(place, "an array of %d to %d items".formatted(least, MAX_VALUES), operand);
      return List.of();
    }
    List<FieldValue> values = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Place item = new Place(place.field(), place.path() + "[" + i + "]");
      values.add(value(item, items.get(i)));
    }
    return values;
  }

  /** What a value of the field may be above or below. */
  FieldValue bound(Place place, @Nullable Object operand) {
    FieldValue value = operand == null ? NULL : place.field().valueOf(operand).orElse(NULL);
    return switch (value) {
      case FieldValue.Whole _, FieldValue.Real _, FieldValue.Text _ -> value;
      case FieldValue.Null _, FieldValue.Flag _ ->
          switch (place.field().kind().orElse(null)) {
            case null -> wrong(place, "a string or a number", operand);
            case TEXT, TEXTS -> wrong(place, "a string", operand);
            case NUMBER, TIME -> wrong(place, place.field().wanted(), operand);
            case FLAG -> wrong(place, "left out, as true and false have no order", operand);
          };
    };
  }

  /** The same where it is the last that is meant or not: of a day its last second. */
  FieldValue end(Place place, @Nullable Object operand) {
    return operand instanceof String text
            && place.field().kind().filter(Kind.TIME::equals).isPresent()
            && Instants.isDay(text)
        ? new FieldValue.Whole(Instants.lastUnixSecond(text).orElseThrow())
        : bound(place, operand);
  }

  /** What a text may contain, or an array. */
  FieldValue part(Place place, @Nullable Object operand) {
    requireKind(place, "strings and arrays", Kind.TEXT, Kind.TEXTS);
    Optional<FieldValue> value =
        operand == null ? Optional.empty() : place.field().valueOf(operand);
    return value.orElseGet(() -> {
      boolean any = place.field().kind().isEmpty();
      return wrong(place, any ? "a string, a number, true or false" : "a string", operand);
    });
  }

  /** What an array may have among its elements. */
  FieldValue element(Place place, @Nullable Object operand) {
    requireKind(place, "arrays", Kind.TEXTS);
    return value(place, operand);
  }

  /** Several of them. */
  List<FieldValue> elements(Place place, @Nullable Object operand) {
    requireKind(place, "arrays", Kind.TEXTS);
    return values(place, operand, 1);
  }

  /** What a text may be like. */
  String text(Place place, Likeness likeness, @Nullable Object operand) {
    requireKind(place, "strings and arrays of them", Kind.TEXT, Kind.TEXTS);
    if (!(operand instanceof String text)) {
      wrong(place, "a string", operand);
      return "";
    }
    Optional<String> wanted =
        switch (likeness) {
          case REGEX -> RegexCheck.complaint(text);
          case GLOB -> globComplaint(text);
          case CONTAINS_IGNORING_CASE, STARTS_WITH, ENDS_WITH -> Optional.empty();
        };
    wanted.ifPresent(better -> wrong(place, better, operand));
    return text;
  }

  /** Whether what is there is wanted, or what is missing. */
  boolean flag(Place place, @Nullable Object operand) {
    if (!(operand instanceof Boolean)) {
      wrong(place, "true or false", operand);
    }
    return Boolean.TRUE.equals(operand);
  }

  private static Optional<String> globComplaint(String text) {
    if (text.codePointCount(0, text.length()) > MAX_GLOB_CHARS) {
      return Optional.of("a pattern of at most %d characters".formatted(MAX_GLOB_CHARS));
    }
    try {
      Glob.parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("a pattern in which " + e.getMessage());
    }
  }

  private void requireKind(Place place, String what, Kind... fitting) {
    Kind kind = place.field().kind().orElse(null);
    if (kind != null && !List.of(fitting).contains(kind)) {
      complaints.add(
          "%s must not be at %s: it is for %s%s"
              .formatted(place.path(), place.field().name(), what, elsewhere(place)));
    }
  }

  private FieldValue wrong(Place place, String wanted, @Nullable Object operand) {
    complaints.add(
        "%s must be %s, was %s%s"
            .formatted(place.path(), wanted, Shown.value(operand), elsewhere(place)));
    return NULL;
  }

  /** Who gave a value of another type may have meant something else. */
  private static String elsewhere(Place place) {
    String name = place.field().name();
    return place.field().kind().isEmpty() || name.indexOf('.') >= 0
        ? ""
        : " (%s in the metadata is metadata.%s)".formatted(name, name);
  }
}
