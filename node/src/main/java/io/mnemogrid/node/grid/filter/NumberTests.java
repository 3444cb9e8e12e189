package io.mnemogrid.node.grid.filter;

import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;

/** Tests of numbers. */
final class NumberTests {
  private static final double TWO_TO_63 = 0x1p63;

  private NumberTests() {}

  /** Whether a comparison with the bound, as of a comparator, is in that order. */
  static boolean isIn(FieldTest.Order order, int comparison) {
    return switch (order) {
      case GREATER -> comparison > 0;
      case AT_LEAST -> comparison >= 0;
      case LESS -> comparison < 0;
      case AT_MOST -> comparison <= 0;
    };
  }

  /** Stands in that order to a number. */
  static final class Ordered extends ValueTest {
    private final FieldTest.Order order;
    private final boolean whole;
    private final long wholeBound;
    private final double realBound;

    Ordered(FieldTest.Order order, FieldValue bound) {
      this.order = order;
      whole = bound instanceof FieldValue.Whole;
      wholeBound = bound instanceof FieldValue.Whole(long number) ? number : 0;
      realBound = bound instanceof FieldValue.Real(double number) ? number : 0;
    }

    @Override
    public boolean passes(ScalarValue value) {
      return value.isNumber() && isIn(order, compare(value));
    }

    private int compare(ScalarValue value) {
      if (value.isWhole()) {
        return whole
            ? Long.compare(value.wholeNumber(), wholeBound)
            : compare(value.wholeNumber(), realBound);
      }
      return whole
          ? -compare(wholeBound, value.realNumber())
          : Double.compare(value.realNumber(), realBound);
    }

    /**
     * Compares without rounding either.
     *
     * @param real no whole number that is a {@code long}
     */
    private static int compare(long number, double real) {
      if (real >= TWO_TO_63) {
        return -1;
      }
      return real < -TWO_TO_63 || number > Math.floor(real) ? 1 : -1;
    }
  }
}
