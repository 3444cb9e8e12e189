package io.mnemogrid.node.model;

import java.text.Normalizer;

/**
 * Unicode normalization in time by the length of a text, whatever it holds: of combining marks in a
 * row, only so many are kept as Unicode's stream-safe text format lets stand (UAX 15, section 13).
 * {@link Normalizer} alone sorts a run of marks in time by the square of its length.
 */
public final class StreamSafe {
  /** Combining marks in a row that are kept. */
  public static final int MARKS_IN_A_ROW_MAX = 30;

  private StreamSafe() {}

  /** The text in that form, without the marks of a run that are over the limit. */
  public static String normalize(CharSequence text, Normalizer.Form form) {
    return Normalizer.normalize(limited(text), form);
  }

  private static CharSequence limited(CharSequence text) {
    StringBuilder kept = new StringBuilder(text.length());
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int c = Character.codePointAt(text, i);
      i += Character.charCount(c);
      marks = isMark(c) ? marks + 1 : 0;
      if (marks <= MARKS_IN_A_ROW_MAX) {
        kept.appendCodePoint(c);
      }
    }
    return kept;
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
