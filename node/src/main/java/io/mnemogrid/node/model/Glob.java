package io.mnemogrid.node.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern for whole texts, as a shell has it for names: {@code *} stands for any characters or
 * none, {@code ?} for one, {@code [abc]} and {@code [a-z]} for one of those, {@code [!abc]} for one
 * other than those, and a backslash takes what follows it as it is.
 *
 * <p>Matching goes back to the last {@code *} only, so it takes at most the length of the text
 * times that of the pattern.
 */
public final class Glob {
  private static final int ANY_RUN = -1;
  private static final int ANY_ONE = -2;
  private static final int FIRST_SET = -3;
  private static final int NOWHERE = -1;

  private final int[] parts;
  private final List<CharacterSet> sets;

  private Glob(int[] parts, List<CharacterSet> sets) {
    this.parts = parts;
    this.sets = sets;
  }

  /**
   * Code points.
   *
   * @param ranges firsts and lasts, in turns
   */
  private record CharacterSet(boolean negated, int[] ranges) {
    boolean has(int codePoint) {
      for (int i = 0; i < ranges.length; i += 2) {
        if (ranges[i] <= codePoint && codePoint <= ranges[i + 1]) {
          return !negated;
        }
      }
      return negated;
    }
  }

  /**
   * @throws IllegalArgumentException if it is none, saying what would be right
   */
  public static Glob parse(String pattern) {
    return new Parser(pattern.codePoints().toArray()).parse();
  }

  /** Whether the UTF-8 from one place to before another fits as a whole. */
  public boolean matches(byte[] utf8, int from, int to) {
    int part = 0;
    int at = from;
    int afterRun = NOWHERE;
    int runEnd = from;
    while (at < to) {
      int codePoint = codePointAt(utf8, at);
      if (part < parts.length && parts[part] == ANY_RUN) {
        afterRun = ++part;
        runEnd = at;
      } else if (part < parts.length && fits(parts[part], codePoint)) {
        part++;
        at += bytesOf(codePoint);
      } else if (afterRun != NOWHERE) {
        part = afterRun;
        runEnd += bytesOf(codePointAt(utf8, runEnd));
        at = runEnd;
      } else {
        return false;
      }
    }
    while (part < parts.length && parts[part] == ANY_RUN) {
      part++;
    }
    return part == parts.length;
  }

  private boolean fits(int part, int codePoint) {
    return part >= 0
        ? part == codePoint
        : part == ANY_ONE || (part <= FIRST_SET && sets.get(FIRST_SET - part).has(codePoint));
  }

  private static int bytesOf(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x1_0000 ? 3 : 4;
  }

  private static int codePointAt(byte[] utf8, int at) {
    int first = utf8[at];
    if (first >= 0) {
      return first;
    }
    if ((first & 0xE0) == 0xC0) {
      return (first & 0x1F) << 6 | low(utf8[at + 1]);
    }
    if ((first & 0xF0) == 0xE0) {
      return (first & 0x0F) << 12 | low(utf8[at + 1]) << 6 | low(utf8[at + 2]);
    }
    return (first & 0x07) << 18
        | low(utf8[at + 1]) << 12
        | low(utf8[at + 2]) << 6
        | low(utf8[at + 3]);
  }

  private static int low(byte following) {
    return following & 0x3F;
  }

  /** Reads a pattern from its beginning to its end. */
  private static final class Parser {
    private final int[] pattern;
    private final List<CharacterSet> sets = new ArrayList<>();
    private int at;

    Parser(int[] pattern) {
      this.pattern = pattern;
    }

    Glob parse() {
      int[] parts = new int[pattern.length];
      int count = 0;
      while (at < pattern.length) {
        parts[count++] =
            switch (pattern[at++]) {
              case '*' -> ANY_RUN;
              case '?' -> ANY_ONE;
              case '[' -> set();
              case '\\' -> escaped();
              default -> pattern[at - 1];
            };
      }
      return new Glob(Arrays.copyOf(parts, count), sets);
    }

    private int set() {
      boolean negated = at < pattern.length && (pattern[at] == '!' || pattern[at] == '^');
      if (negated) {
        at++;
      }
      List<Integer> ranges = new ArrayList<>();
      // A bracket that comes first is one of the characters.
      do {
        int first = one();
        int last = first;
        if (at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']') {
          at++;
          last = one();
        }
        if (last < first) {
          throw new IllegalArgumentException("a range in '[…]' must go upwards");
        }
        ranges.add(first);
        ranges.add(last);
      } while (at < pattern.length && pattern[at] != ']');
      if (at == pattern.length) {
        throw unclosed();
      }
      at++;
      sets.add(new CharacterSet(negated, ranges.stream().mapToInt(Integer::intValue).toArray()));
      return FIRST_SET - (sets.size() - 1);
    }

    private int one() {
      if (at == pattern.length) {
        throw unclosed();
      }
      int codePoint = pattern[at++];
      return codePoint == '\\' ? escaped() : codePoint;
    }

    private int escaped() {
      if (at == pattern.length) {
        throw new IllegalArgumentException("a '\\' must be followed by the character it is for");
      }
      return pattern[at++];
    }

    private static IllegalArgumentException unclosed() {
      return new IllegalArgumentException("'[' must be closed by ']', or written '\\['");
    }
  }
}
