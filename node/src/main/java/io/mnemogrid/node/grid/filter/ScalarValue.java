package io.mnemogrid.node.grid.filter;

import io.mnemogrid.node.model.FieldValue;
import java.nio.charset.StandardCharsets;

/** One value of a memory while it is tested: a null, a truth value, a number or a text. Reused. */
public final class ScalarValue {
  private static final int MAX_SAFE_DIGITS = 18;
  private static final long MAX_EXACT_MANTISSA = 1L << 53;
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private final JsonString unescaped = new JsonString();
  private Kind kind = Kind.NULL;
  private byte[] text = {};
  private int from;
  private int to;
  private boolean flag;
  private boolean whole;
  private long wholeNumber;
  private double realNumber;

  /** What it is. */
  enum Kind {
    NULL,
    FLAG,
    NUMBER,
    TEXT
  }

  /** Becomes the text whose UTF-8 stands in {@code bytes}, which are kept, not copied. */
  public void setText(byte[] bytes, int textFrom, int textTo) {
    kind = Kind.TEXT;
    text = bytes;
    from = textFrom;
    to = textTo;
  }

  public void setFlag(boolean value) {
    kind = Kind.FLAG;
    flag = value;
  }

  public void setNumber(long number) {
    kind = Kind.NUMBER;
    whole = true;
    wholeNumber = number;
  }

  public void setNumber(double number) {
    kind = Kind.NUMBER;
    whole = FieldValue.isWhole(number);
    wholeNumber = (long) number;
    realNumber = number;
  }

  /** Becomes the JSON value, no array and no object, that stands in {@code json}, which is kept. */
  void read(byte[] json, int start, int end) {
    switch (json[start]) {
      case '"' -> readText(json, start + 1, end - 1);
      case 't', 'f' -> {
        kind = Kind.FLAG;
        flag = json[start] == 't';
      }
      case 'n' -> kind = Kind.NULL;
      default -> readNumber(json, start, end);
    }
  }

  private void readText(byte[] json, int start, int end) {
    if (JsonString.hasEscapes(json, start, end)) {
      unescaped.read(json, start, end);
      setText(unescaped.bytes(), 0, unescaped.length());
    } else {
      setText(json, start, end);
    }
  }

  private void readNumber(byte[] json, int start, int end) {
    boolean negative = json[start] == '-';
    long digits = 0;
    int count = 0;
    int decimals = 0;
    boolean plain = true;
    boolean point = false;
    for (int i = negative ? start + 1 : start; i < end && plain; i++) {
      byte c = json[i];
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
        decimals += point ? 1 : 0;
        plain = ++count <= MAX_SAFE_DIGITS;
      } else {
        plain = c == '.' && !point;
        point = true;
      }
    }
    long signed = negative ? -digits : digits;
    if (plain && !point) {
      setNumber(signed);
    } else if (plain && digits < MAX_EXACT_MANTISSA && decimals < POWERS_OF_TEN.length) {
      setNumber(signed / POWERS_OF_TEN[decimals]); // both are exact, so the quotient is the nearest
    } else {
      readAnyNumber(new String(json, start, end - start, StandardCharsets.ISO_8859_1));
    }
  }

  private void readAnyNumber(String number) {
    try {
      setNumber(Long.parseLong(number));
    } catch (NumberFormatException _) {
      try {
        setNumber(Double.parseDouble(number));
      } catch (NumberFormatException _) {
        kind = Kind.NULL; // broken text
      }
    }
  }

  Kind kind() {
    return kind;
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  boolean isText() {
    return kind == Kind.TEXT;
  }

  boolean flag() {
    return flag;
  }

  /** Of a number: whether it is a {@code long}, else it is {@link #realNumber}. */
  boolean isWhole() {
    return whole;
  }

  long wholeNumber() {
    return wholeNumber;
  }

  double realNumber() {
    return realNumber;
  }

  /** Of a text: where its UTF-8 stands, from {@link #from} to before {@link #to}. */
  byte[] text() {
    return text;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  String textAsString() {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}
