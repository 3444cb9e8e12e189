package io.mnemogrid.node.lexical;

/**
 * Ascending numbers, each with a count, as bytes: the distance from the number before, doubled, and
 * one more where a count other than 1 follows. The first distance is from {@value #BEFORE_FIRST}.
 */
final class CountedNumbers {
  static final int BEFORE_FIRST = -1;

  /** What one number takes at most. */
  static final int BYTES_MAX = 2 * VarInt.BYTES_MAX;

  private CountedNumbers() {}

  /** How many bytes {@link #put} writes. */
  static int bytes(int distance, int count) {
    return VarInt.bytes(code(distance, count)) + (count == 1 ? 0 : VarInt.bytes(count));
  }

  /** Writes a number and its count, and answers where the next goes. */
  static int put(byte[] into, int at, int distance, int count) {
    int next = VarInt.put(into, at, code(distance, count));
    return count == 1 ? next : VarInt.put(into, next, count);
  }

  private static int code(int distance, int count) {
    return distance << 1 | (count == 1 ? 0 : 1);
  }

  /** A reader's place, at first on the first number. */
  static final class Cursor {
    static final int AT_END = Integer.MAX_VALUE;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int number = BEFORE_FIRST;
    private int count;

    Cursor(byte[] bytes, int end) {
      this.bytes = bytes;
      this.end = end;
      next();
    }

    /** Or {@link #AT_END}. */
    int number() {
      return number;
    }

    int count() {
      return count;
    }

    void next() {
      if (at == end) {
        number = AT_END;
        return;
      }
      int code = read();
      number += code >>> 1;
      count = (code & 1) == 0 ? 1 : read();
    }

    private int read() {
      byte first = bytes[at++];
      return first >= 0 ? first : readOn(first);
    }

    private int readOn(byte first) {
      int value = first & VarInt.BITS;
      for (int shift = VarInt.SHIFT; ; shift += VarInt.SHIFT) {
        byte further = bytes[at++];
        value |= (further & VarInt.BITS) << shift;
        if (further >= 0) {
          return value;
        }
      }
    }
  }
}
