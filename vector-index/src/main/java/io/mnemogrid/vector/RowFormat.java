package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.Encoding;

/** How vectors are kept. */
public enum RowFormat {
  /** As given: four bytes an element. */
  FLOAT32(0, Encoding.FLOATS),
  /** One byte an element and one scale a vector; scores are off by up to about half a percent. */
  INT8(1, Encoding.BYTES),
  /**
   * Three bytes an element and one scale a vector; an element is off by at most one part in 16
   * million of the vector's largest, so scores are as with {@link #FLOAT32} up to rounding.
   */
  INT24(2, Encoding.FIXED);

  private final int code;
  private final Encoding encoding;

  RowFormat(int code, Encoding encoding) {
    this.code = code;
    this.encoding = encoding;
  }

  /** What stands for this in an image; never to be changed. */
  int code() {
    return code;
  }

  Encoding encoding() {
    return encoding;
  }
}
