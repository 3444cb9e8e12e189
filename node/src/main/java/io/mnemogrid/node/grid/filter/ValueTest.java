package io.mnemogrid.node.grid.filter;

import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import java.util.List;

/** A {@link FieldTest} made ready. Asked of what is missing, of a scalar, or of an array. */
public abstract class ValueTest {
  /** Makes it ready. */
  public static ValueTest of(FieldTest test) {
    return switch (test) {
      case FieldTest.Equals(FieldValue value) -> equal(value);
      case FieldTest.OneOf(List<FieldValue> values) ->
          values.size() == 1 ? equal(values.getFirst()) : new SetTests.OneOf(new ValueSet(values));
      case FieldTest.Compares compares -> ordered(compares.order(), compares.bound());
      case FieldTest.Exists() -> new Exists();
      case FieldTest.Contains(FieldValue value) ->
          value instanceof FieldValue.Text(String text)
              ? new TextTests.Contains(text)
              : new SetTests.HoldsAny(new ValueSet(List.of(value)));
      case FieldTest.HoldsAny(List<FieldValue> values) ->
          new SetTests.HoldsAny(new ValueSet(values));
      case FieldTest.HoldsAll(List<FieldValue> values) ->
          new SetTests.HoldsAll(new ValueSet(values));
      case FieldTest.Matches(FieldTest.Likeness likeness, String text) ->
          switch (likeness) {
            case CONTAINS_IGNORING_CASE -> new TextTests.ContainsIgnoringCase(text);
            case STARTS_WITH -> new TextTests.StartsWith(text);
            case ENDS_WITH -> new TextTests.EndsWith(text);
            case GLOB -> new TextTests.FitsGlob(text);
            case REGEX -> new TextTests.FitsRegex(text);
          };
    };
  }

  private static ValueTest ordered(FieldTest.Order order, FieldValue bound) {
    return switch (bound) {
      case FieldValue.Text(String text) -> new TextTests.Ordered(order, text);
      case FieldValue.Whole _, FieldValue.Real _ -> new NumberTests.Ordered(order, bound);
      case FieldValue.Null _, FieldValue.Flag _ ->
          throw new IllegalArgumentException("a bound is a number or a text, not " + bound);
    };
  }

  private static ValueTest equal(FieldValue value) {
    return value instanceof FieldValue.Text(String text)
        ? new TextTests.Equal(text)
        : new SetTests.OneOf(new ValueSet(List.of(value)));
  }

  /** Whether it passes a field that has no value. */
  public boolean passesMissing() {
    return false;
  }

  /** Whether it passes a field that is an object. */
  public boolean passesObject() {
    return false;
  }

  /** Whether it passes a field with this one value. */
  public abstract boolean passes(ScalarValue value);

  /**
   * Begins an array; its elements follow until it is passed or they are all told.
   *
   * @return true if it is passed already
   */
  public boolean beginArray() {
    return false;
  }

  /** Whether an array is passed, with this element and those told before. */
  public boolean passesWith(ScalarValue element) {
    return passes(element);
  }

  /**
   * Whether the JSON value passes that stands in {@code json} from one place to before another.
   *
   * @param scratch is overwritten
   */
  public final boolean passesJson(byte[] json, int from, int to, ScalarValue scratch) {
    return switch (json[from]) {
      case '{' -> passesObject();
      case '[' -> beginArray() || passesElements(json, from + 1, to, scratch);
      default -> {
        scratch.read(json, from, to);
        yield passes(scratch);
      }
    };
  }

  private boolean passesElements(byte[] json, int from, int to, ScalarValue scratch) {
    int at = JsonBytes.skipSpace(json, from, to);
    while (at < to && json[at] != ']') {
      int end = JsonBytes.skipValue(json, at, to);
      if (json[at] != '[' && json[at] != '{') {
        scratch.read(json, at, end);
        if (passesWith(scratch)) {
          return true;
        }
      }
      at = JsonBytes.skipSpace(json, Math.max(at + 1, end), to);
      if (at < to && json[at] == ',') {
        at = JsonBytes.skipSpace(json, at + 1, to);
      }
    }
    return false;
  }

  /** Roughly how much dearer than looking a value up; what is dear is asked last. */
  public int cost() {
    return 0;
  }

  /** Passes whatever is there. */
  private static final class Exists extends ValueTest {
    @Override
    public boolean passesObject() {
      return true;
    }

    @Override
    public boolean passes(ScalarValue value) {
      return true;
    }

    @Override
    public boolean beginArray() {
      return true;
    }
  }
}
