package io.mnemogrid.vector;

/** What stands for the vectors while they are scanned or walked through. */
public enum Codes {
  /** The vectors themselves. */
  NONE(0),
  /**
   * One bit an element. A search estimates scores by them and takes the exact scores of its {@link
   * SearchParameters#efSearch} best only. Too coarse for vectors of few dimensions.
   */
  ONE_BIT(1),
  /**
   * As {@link #ONE_BIT} for scans; walks go by two bits an element, which is twice the memory and
   * less than half the error: a walk half as wide finds as much.
   */
  TWO_BITS(2);

  private final int code;

  Codes(int code) {
    this.code = code;
  }

  /** Bits an element that walks go by. */
  int walkBits() {
    return code;
  }

  /** What stands for this in an image; never to be changed. */
  int code() {
    return code;
  }
}
