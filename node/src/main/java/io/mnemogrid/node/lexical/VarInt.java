package io.mnemogrid.node.lexical;

import java.io.DataInput;
import java.io.DataOutput;
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

  static void write(DataOutput out, int value) throws IOException {
    int rest = value;
    for (; (rest & ~BITS) != 0; rest >>>= SHIFT) {
      out.writeByte(rest & BITS | MORE);
    }
    out.writeByte(rest);
  }

  /**
   * Reads a number that is not negative.
   *
   * @throws IOException if it is, or longer than any number
   */
  static int read(DataInput in) throws IOException {
    int value = 0;
    for (int i = 0; i < BYTES_MAX; i++) {
      byte next = in.readByte();
      value |= (next & BITS) << i * SHIFT;
      if (next >= 0 && value >= 0) {
        return value;
      }
      if (next >= 0) {
        break;
      }
    }
    throw new IOException("a number is damaged");
  }
}
