package io.mnemogrid.node.grid.filter;

/** Tests that look values up in a set. */
final class SetTests {
  private SetTests() {}

  /** Is in the set; what is missing counts as null. */
  static final class OneOf extends ValueTest {
    private final ValueSet set;

    OneOf(ValueSet set) {
      this.set = set;
    }

    @Override
    public boolean passesMissing() {
      return set.hasNull();
    }

    @Override
    public boolean passes(ScalarValue value) {
      return set.numberOf(value) != ValueSet.NONE;
    }
  }

  /** An array with an element of the set. */
  static final class HoldsAny extends ValueTest {
    private final ValueSet set;

    HoldsAny(ValueSet set) {
      this.set = set;
    }

    @Override
    public boolean passes(ScalarValue value) {
      return false;
    }

    @Override
    public boolean passesWith(ScalarValue element) {
      return set.numberOf(element) != ValueSet.NONE;
    }
  }

  /** An array with all of the set. */
  static final class HoldsAll extends ValueTest {
    private final ValueSet set;
    private final int[] metIn;
    private int array;
    private int missing;

    HoldsAll(ValueSet set) {
      this.set = set;
      this.metIn = new int[set.size()];
    }

    @Override
    public boolean passes(ScalarValue value) {
      return false;
    }

    @Override
    public boolean beginArray() {
      array++;
      missing = metIn.length;
      return missing == 0;
    }

    @Override
    public boolean passesWith(ScalarValue element) {
      int number = set.numberOf(element);
      if (number != ValueSet.NONE && metIn[number] != array) {
        metIn[number] = array;
        missing--;
      }
      return missing == 0;
    }
  }
}
