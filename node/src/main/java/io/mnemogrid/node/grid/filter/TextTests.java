package io.mnemogrid.node.grid.filter;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.Glob;
import io.mnemogrid.node.model.IsoTime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tests of texts. UTF-8 keeps the order of code points, and no character is a part of another. */
final class TextTests {
  private static final int COST_OF_PARTS = 10;
  private static final int COST_OF_PATTERNS = 100;

  private TextTests() {}

  /** A test of texts alone. */
  abstract static class OfText extends ValueTest {
    abstract boolean passes(byte[] text, int from, int to);

    @Override
    public final boolean passes(ScalarValue value) {
      return value.isText() && passes(value.text(), value.from(), value.to());
    }
  }

  /** Is this text. */
  static final class Equal extends OfText {
    private final byte[] wanted;

    Equal(String text) {
      wanted = utf8(text);
    }

    @Override
    boolean passes(byte[] text, int from, int to) {
      return Arrays.equals(text, from, to, wanted, 0, wanted.length);
    }
  }

  /** Stands in that order to a text; to a time, where both are one. */
  static final class Ordered extends OfText {
    private final FieldTest.Order order;
    private final byte[] bound;
    private final @Nullable IsoTime boundTime;

    Ordered(FieldTest.Order order, String bound) {
      this.order = order;
      this.bound = utf8(bound);
      this.boundTime = IsoTime.parse(bound);
    }

    @Override
    boolean passes(byte[] text, int from, int to) {
      IsoTime time = boundTime == null ? null : IsoTime.parse(text, from, to);
      int comparison =
          time == null || boundTime == null
              ? Arrays.compareUnsigned(text, from, to, bound, 0, bound.length)
              : time.compareTo(boundTime);
      return NumberTests.isIn(order, comparison);
    }
  }

  /** Has it as a part; of an array, an element is it. */
  static final class Contains extends ValueTest {
    private final byte[] part;

    Contains(String part) {
      this.part = utf8(part);
    }

    @Override
    public boolean passes(ScalarValue value) {
      return value.isText() && has(value.text(), value.from(), value.to() - part.length);
    }

    private boolean has(byte[] text, int from, int last) {
      if (part.length == 0) {
        return true;
      }
      for (int at = from; at <= last; at++) {
        if (text[at] == part[0]
            && Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean passesWith(ScalarValue element) {
      return element.isText()
          && Arrays.equals(element.text(), element.from(), element.to(), part, 0, part.length);
    }

    @Override
    public int cost() {
      return COST_OF_PARTS;
    }
  }

  /**
   * The same with upper and lower case being the same, as {@link String#equalsIgnoreCase} has it.
   */
  static final class ContainsIgnoringCase extends ValueTest {
    private final String part;
    private final byte @Nullable [] lowerAscii;

    ContainsIgnoringCase(String part) {
      this.part = part;
      byte[] utf8 = utf8(part);
      if (isAscii(utf8, 0, utf8.length)) {
        for (int i = 0; i < utf8.length; i++) {
          utf8[i] = lower(utf8[i]);
        }
        lowerAscii = utf8;
      } else {
        lowerAscii = null;
      }
    }

    @Override
    public boolean passes(ScalarValue value) {
      if (!value.isText()) {
        return false;
      }
      if (lowerAscii != null && isAscii(value.text(), value.from(), value.to())) {
        return has(value.text(), value.from(), value.to() - lowerAscii.length, lowerAscii);
      }
      String text = value.textAsString();
      for (int at = 0; at <= text.length() - part.length(); at++) {
        if (text.regionMatches(true, at, part, 0, part.length())) {
          return true;
        }
      }
      return false;
    }

    private static boolean has(byte[] text, int from, int last, byte[] lowerPart) {
      for (int at = from; at <= last; at++) {
        int i = 0;
        while (i < lowerPart.length && lower(text[at + i]) == lowerPart[i]) {
          i++;
        }
        if (i == lowerPart.length) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean passesWith(ScalarValue element) {
      return element.isText() && element.textAsString().equalsIgnoreCase(part);
    }

    @Override
    public int cost() {
      return COST_OF_PARTS;
    }

    private static byte lower(byte ascii) {
      return ascii >= 'A' && ascii <= 'Z' ? (byte) (ascii + ('a' - 'A')) : ascii;
    }

    private static boolean isAscii(byte[] text, int from, int to) {
      int bits = 0;
      for (int i = from; i < to; i++) {
        bits |= text[i];
      }
      return bits >= 0;
    }
  }

  /** Begins with it. */
  static final class StartsWith extends OfText {
    private final byte[] start;

    StartsWith(String start) {
      this.start = utf8(start);
    }

    @Override
    boolean passes(byte[] text, int from, int to) {
      return to - from >= start.length
          && Arrays.equals(text, from, from + start.length, start, 0, start.length);
    }
  }

  /** Ends with it. */
  static final class EndsWith extends OfText {
    private final byte[] end;

    EndsWith(String end) {
      this.end = utf8(end);
    }

    @Override
    boolean passes(byte[] text, int from, int to) {
      return to - from >= end.length
          && Arrays.equals(text, to - end.length, to, end, 0, end.length);
    }
  }

  /** Fits a glob as a whole. */
  static final class FitsGlob extends OfText {
    private final Glob glob;

    FitsGlob(String pattern) {
      glob = Glob.parse(pattern);
    }

    @Override
    boolean passes(byte[] text, int from, int to) {
      return glob.matches(text, from, to);
    }

    @Override
    public int cost() {
      return COST_OF_PARTS;
    }
  }

  /** Has a part that fits a regular expression, in time that is linear in the text. */
  static final class FitsRegex extends OfText {
    private static final byte[] NOTHING = {};
    private final Matcher matcher;

    FitsRegex(String pattern) {
      matcher = Pattern.compile(pattern).matcher(NOTHING);
    }

    @Override
    boolean passes(byte[] text, int from, int to) {
      boolean found = matcher.reset(Arrays.copyOfRange(text, from, to)).find();
      matcher.reset(NOTHING);
      return found;
    }

    @Override
    public int cost() {
      return COST_OF_PATTERNS;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
