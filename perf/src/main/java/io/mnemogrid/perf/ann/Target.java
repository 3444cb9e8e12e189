package io.mnemogrid.perf.ann;

/** What a figure should be: no more than a bound, or no less. */
record Target(boolean isMost, double bound) {
  static Target atMost(double bound) {
    return new Target(true, bound);
  }

  static Target atLeast(double bound) {
    return new Target(false, bound);
  }

  boolean isMetBy(double figure) {
    return isMost ? figure <= bound : figure >= bound;
  }

  @Override
  public String toString() {
    return (isMost ? "at most " : "at least ") + Verdicts.number(bound);
  }
}
