package io.mnemogrid.node.lexical;

import java.io.IOException;

/**
 * Unsigned numbers of one to five bytes, seven bits each, the lowest first; a byte that is negative
 * is not the last.
 */
final class VarInt {
  static final int BYTES_MAX = 5;
  static final int SHIFT = 7;
  static final int BITS = (1 << SHIFT) - 1;
  private static final int MORE = 1 << SHIFT;

  private VarInt() {}

  static int bytes(int value) {
    return Math.max(1, Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(value), SHIFT));
  }

  /** Writes the number, and answers where the next one goes. */
  static int put(byte[] into, int at, int value) {
    int next = at;
    int rest = value;
    for (; (rest & ~BITS) != 0; rest >>>= SHIFT) {
      into[next++] = (byte) (rest & BITS | MORE);
    }
    into[next++] = (byte) rest;
    return next;
  }

  /**
   * Reads a number that is not negative, and takes {@link #bytes} of it.
   *
   * @throws IOException if there is none before the end, or not as {@link #put} writes it
   */
  static int get(byte[] from, int at, int end) throws IOException {
    int value = 0;
    int most = Math.min(BYTES_MAX, end - at);
    for (int i = 0; i < most; i++) {
      byte next = from[at + i];
      value |= (next & BITS) << i * SHIFT;
      if (next >= 0) {
        if (value < 0 || bytes(value) != i + 1) {
          break;
        }
        return value;
      }
    }
    throw new IOException("a number is damaged");
  }
}
