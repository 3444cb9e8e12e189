package io.mnemogrid.node.grid.filter;

/** Takes the escapes out of the content of a JSON string. Reused; one thread at a time. */
final class JsonString {
  private static final int UNICODE_DIGITS = 4;

  private byte[] bytes = new byte[64];
  private int length;

  /** UTF-8, up to {@link #length}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Whether there is anything to take out. */
  static boolean hasEscapes(byte[] json, int from, int to) {
    return JsonBytes.quoteOrBackslash(json, from, to) < to;
  }

  /** Reads what stands between the quotes; it is never longer without its escapes. */
  void read(byte[] json, int from, int to) {
    if (bytes.length < to - from) {
      bytes = new byte[Math.max(to - from, 2 * bytes.length)];
    }
    length = 0;
    int at = from;
    while (at < to) {
      int run = JsonBytes.quoteOrBackslash(json, at, to);
      System.arraycopy(json, at, bytes, length, run - at);
      length += run - at;
      at = run == to ? to : readEscape(json, run + 1, to);
    }
  }

  private int readEscape(byte[] json, int at, int to) {
    if (at >= to) {
      return to;
    }
    switch (json[at]) {
      case 'b' -> bytes[length++] = '\b';
      case 'f' -> bytes[length++] = '\f';
      case 'n' -> bytes[length++] = '\n';
      case 'r' -> bytes[length++] = '\r';
      case 't' -> bytes[length++] = '\t';
      case 'u' -> {
        return readCodePoint(json, at + 1, to);
      }
      default -> bytes[length++] = json[at];
    }
    return at + 1;
  }

  private int readCodePoint(byte[] json, int at, int to) {
    int end = at + UNICODE_DIGITS;
    if (end > to) {
      return to;
    }
    char first = hexChar(json, at);
    int lowAt = end + 2;
    if (Character.isHighSurrogate(first)
        && lowAt + UNICODE_DIGITS <= to
        && json[end] == '\\'
        && json[end + 1] == 'u') {
      append(Character.toCodePoint(first, hexChar(json, lowAt)));
      return lowAt + UNICODE_DIGITS;
    }
    append(first);
    return end;
  }

  private static char hexChar(byte[] json, int at) {
    int value = 0;
    for (int i = at; i < at + UNICODE_DIGITS; i++) {
      value = value << 4 | Character.digit(json[i], 16) & 0xF;
    }
    return (char) value;
  }

  private void append(int codePoint) {
    if (codePoint < 0x80) {
      bytes[length++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      bytes[length++] = (byte) (0xC0 | codePoint >>> 6);
      bytes[length++] = following(codePoint);
    } else if (codePoint < 0x1_0000) {
      bytes[length++] = (byte) (0xE0 | codePoint >>> 12);
      bytes[length++] = following(codePoint >>> 6);
      bytes[length++] = following(codePoint);
    } else {
      bytes[length++] = (byte) (0xF0 | codePoint >>> 18);
      bytes[length++] = following(codePoint >>> 12);
      bytes[length++] = following(codePoint >>> 6);
      bytes[length++] = following(codePoint);
    }
  }

  private static byte following(int bits) {
    return (byte) (0x80 | bits & 0x3F);
  }
}
