package io.mnemogrid.node.model;

/**
 * A value to compare with. Two that are equal as values are equal as objects: a number is {@link
 * Whole} whenever it is a whole one that fits.
 */
public sealed interface FieldValue {
  /** JSON's null. */
  record Null() implements FieldValue {}

  record Flag(boolean value) implements FieldValue {}

  record Whole(long value) implements FieldValue {}

  /** A fraction, or a number too large for {@link Whole}; finite. Made by {@link #number}. */
  record Real(double value) implements FieldValue {}

  record Text(String value) implements FieldValue {}

  static FieldValue number(double value) {
    return isWhole(value) ? new Whole((long) value) : new Real(value);
  }

  /** Whether it is the value of a {@code long}. */
  static boolean isWhole(double value) {
    long whole = (long) value;
    return whole == value
        && whole != Long.MAX_VALUE; // 2^63 is cut to that, and equals it as double
  }
}
