package io.mnemogrid.vector.rows;

/** How the elements of a row are kept. */
public enum Encoding {
  FLOATS,
  /** Signed bytes with one scale a row. */
  BYTES,
  /** 24-bit fixed point with one scale a row. */
  FIXED
}
