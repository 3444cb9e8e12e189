package io.mnemogrid.node.model;

import java.util.List;

/**
 * When a condition holds of one field.
 *
 * <p>A field has one value, several (an array), or none: it is missing. Unless a test says
 * otherwise, it passes an array when it passes one of the array's elements, and passes neither what
 * is missing nor a value of another type: numbers go with numbers, texts with texts, truth values
 * with truth values. Arrays inside arrays and objects are passed by {@link Exists} alone.
 *
 * <p>Whole numbers of 64 bits are compared exactly, all others as doubles, whatever their spelling:
 * 1 equals 1.0. Texts are compared by code points, as they are.
 */
public sealed interface FieldTest {
  /** Equals the value; null also equals what is missing. */
  record Equals(FieldValue value) implements FieldTest {}

  /** Equals one of the values. */
  record OneOf(List<FieldValue> values) implements FieldTest {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /**
   * Stands in that order to the bound. Two texts that are both times as {@link IsoTime} knows them
   * are compared as times.
   *
   * @param bound a number or a text
   */
  record Compares(Order order, FieldValue bound) implements FieldTest {}

  /** Is not missing. Null is a value like any other in metadata. */
  record Exists() implements FieldTest {}

  /** A text has it as a part; an array has an element that equals it. */
  record Contains(FieldValue value) implements FieldTest {}

  /** A text is like {@code text}. */
  record Matches(Likeness likeness, String text) implements FieldTest {}

  /** An array, and has an element that equals one of the values. */
  record HoldsAny(List<FieldValue> values) implements FieldTest {
    public HoldsAny {
      values = List.copyOf(values);
    }
  }

  /** An array, and has for each of the values an element that equals it. */
  record HoldsAll(List<FieldValue> values) implements FieldTest {
    public HoldsAll {
      values = List.copyOf(values);
    }
  }

  /** How a value stands to a bound. Their order is their number between members: add at the end. */
  enum Order {
    GREATER,
    AT_LEAST,
    LESS,
    AT_MOST
  }

  /** How a text is like another. Their order is their number between members: add at the end. */
  enum Likeness {
    /** Has it as a part, upper and lower case being the same; an array, an element that is it. */
    CONTAINS_IGNORING_CASE,
    STARTS_WITH,
    ENDS_WITH,
    /** As a whole fits a {@link Glob}. */
    GLOB,
    /** Has a part that fits a regular expression in RE2's syntax. */
    REGEX
  }
}
