package io.mnemogrid.node.grid.filter;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.Glob;
import io.mnemogrid.node.model.IsoTime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
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
    private final byte[] text;
    private final Part part;

    Contains(String text) {
      this.text = utf8(text);
      part = new Part(symbols(this.text));
    }

    @Override
    public boolean passes(ScalarValue value) {
      return value.isText() && has(value.text(), value.from(), value.to());
    }

    private boolean has(byte[] in, int from, int to) {
      int seen = 0;
      for (int at = from; at < to && !part.isWhole(seen); at++) {
        seen = part.next(seen, in[at]);
      }
      return part.isWhole(seen);
    }

    @Override
    public boolean passesWith(ScalarValue element) {
      return element.isText()
          && Arrays.equals(element.text(), element.from(), element.to(), text, 0, text.length);
    }

    @Override
    public int cost() {
      return COST_OF_PARTS;
    }

    private static int[] symbols(byte[] utf8) {
      int[] symbols = new int[utf8.length];
      for (int i = 0; i < symbols.length; i++) {
        symbols[i] = utf8[i];
      }
      return symbols;
    }
  }

  /**
   * The same with upper and lower case being the same, as {@link String#equalsIgnoreCase} has it.
   */
  static final class ContainsIgnoringCase extends ValueTest {
    private final String text;
    private final Part part;

    ContainsIgnoringCase(String text) {
      this.text = text;
      part = new Part(folded(text).toArray());
    }

    @Override
    public boolean passes(ScalarValue value) {
      if (!value.isText()) {
        return false;
      }
      return isAscii(value.text(), value.from(), value.to())
          ? hasInAscii(value.text(), value.from(), value.to())
          : hasIn(folded(value.textAsString()));
    }

    private boolean hasInAscii(byte[] in, int from, int to) {
      int seen = 0;
      for (int at = from; at < to && !part.isWhole(seen); at++) {
        seen = part.next(seen, fold(in[at]));
      }
      return part.isWhole(seen);
    }

    private boolean hasIn(IntStream in) {
      int seen = 0;
      var symbols = in.iterator();
      while (symbols.hasNext() && !part.isWhole(seen)) {
        seen = part.next(seen, symbols.nextInt());
      }
      return part.isWhole(seen);
    }

    @Override
    public boolean passesWith(ScalarValue element) {
      return element.isText() && element.textAsString().equalsIgnoreCase(text);
    }

    @Override
    public int cost() {
      return COST_OF_PARTS;
    }

    private static IntStream folded(String text) {
      return text.codePoints().map(ContainsIgnoringCase::fold);
    }

    private static int fold(int codePoint) {
      return Character.toLowerCase(Character.toUpperCase(codePoint));
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
