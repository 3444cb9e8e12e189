package io.mnemogrid.node.lexical;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

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

  /**
   * Packs numbers and their counts.
   *
   * @param entries made by {@link DocumentLayout#entry}, no number twice; the first ones are sorted
   *     by this call
   * @param size how many of them count
   */
  private static byte[] pack(long[] entries, int size) {
    Arrays.sort(entries, 0, size);
    byte[] bytes = new byte[size * BYTES_MAX];
    int end = 0;
    int last = BEFORE_FIRST;
    for (int i = 0; i < size; i++) {
      int number = DocumentLayout.term(entries[i]);
      end = put(bytes, end, number - last, DocumentLayout.count(entries[i]));
      last = number;
    }
    return Arrays.copyOf(bytes, end);
  }

  /**
   * Packs the terms of a document under other numbers.
   *
   * @param document in the form of {@link DocumentLayout}
   * @param numbers gives another number to a term that occurs so often, and to no two the same
   */
  static byte[] pack(int[] document, IntBinaryOperator numbers) {
    long[] entries = new long[document.length];
    int size = 0;
    for (int at = DocumentLayout.FIRST_TERM; at < document.length; at++) {
      if (DocumentLayout.isTerm(document, at)) {
        int count = DocumentLayout.countAt(document, at);
        int number = numbers.applyAsInt(document[at], count);
        entries[size++] = DocumentLayout.entry(number, count);
      }
    }
    return pack(entries, size);
  }

  /**
   * Makes sure that a {@link Cursor} can read all the bytes.
   *
   * @param below a number is less than that
   * @param most the counts add up to that at most
   * @return what they add up to
   * @throws IOException if they are not what {@link #put} writes
   */
  static int verified(byte[] bytes, int below, int most) throws IOException {
    int number = BEFORE_FIRST;
    int sum = 0;
    int at = 0;
    while (at < bytes.length) {
      int code = VarInt.get(bytes, at, bytes.length);
      at += VarInt.bytes(code);
      int distance = code >>> 1;
      boolean isCounted = (code & 1) != 0;
      int count = isCounted ? VarInt.get(bytes, at, bytes.length) : 1;
      at += isCounted ? VarInt.bytes(count) : 0;
      if (distance == 0 || distance >= below - number) {
        throw new IOException("number %d does not follow %d".formatted(number + distance, number));
      }
      if (count == 0 || isCounted && count == 1 || count > most - sum) {
        throw new IOException("a count of %d after %d others".formatted(count, sum));
      }
      number += distance;
      sum += count;
    }
    return sum;
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
