package io.mnemogrid.node.grid.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Steps over JSON in UTF-8. The text was checked when it came in; where one is broken all the same,
 * a step ends at the end of the text.
 */
final class JsonBytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = ONES << 7;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private JsonBytes() {}

  /** The first place from {@code at} on that is no white space. */
  static int skipSpace(byte[] json, int at, int end) {
    int to = at;
    while (to < end && json[to] <= ' ' && json[to] >= 0) {
      to++;
    }
    return to;
  }

  /** The first quote or backslash from {@code at} on. */
  static int quoteOrBackslash(byte[] json, int at, int end) {
    int to = at;
    for (; to + Long.BYTES <= end; to += Long.BYTES) {
      long word = (long) LONG.get(json, to);
      long found = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
      if (found != 0) {
        return to + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (to < end && json[to] != '"' && json[to] != '\\') {
      to++;
    }
    return to;
  }

  /** The quote that closes the string whose content begins at {@code at}. */
  static int closingQuote(byte[] json, int at, int end) {
    int to = quoteOrBackslash(json, at, end);
    while (to < end && json[to] == '\\') {
      to = quoteOrBackslash(json, Math.min(end, to + 2), end);
    }
    return to;
  }

  /** The place behind the value that begins at {@code at}. */
  static int skipValue(byte[] json, int at, int end) {
    if (at >= end) {
      return end;
    }
    return switch (json[at]) {
      case '"' -> Math.min(end, closingQuote(json, at + 1, end) + 1);
      case '{', '[' -> skipNested(json, at, end);
      default -> skipWord(json, at, end);
    };
  }

  private static int skipNested(byte[] json, int at, int end) {
    int depth = 0;
    for (int to = at; to < end; to++) {
      switch (json[to]) {
        case '"' -> to = closingQuote(json, to + 1, end);
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (--depth == 0) {
            return to + 1;
          }
        }
        default -> {}
      }
    }
    return end;
  }

  private static int skipWord(byte[] json, int at, int end) {
    int to = at;
    while (to < end && json[to] > ' ' && json[to] != ',' && json[to] != '}' && json[to] != ']') {
      to++;
    }
    return to;
  }

  /** The high bit of the lowest byte that is zero, and perhaps of others above it. */
  private static long zeroBytes(long word) {
    return word - ONES & ~word & HIGHS;
  }
}
