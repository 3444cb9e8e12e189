package io.mnemogrid.node.lexical;

import io.mnemogrid.node.model.StreamSafe;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/**
 * A text before it is split: one spelling for what looks the same. A text in ASCII is left as it
 * is.
 */
final class PreparedText {
  private static final int LAST_ASCII = 0x7F;
  private static final char REPLACEMENT = '\uFFFD';
  private static final char ZERO_WIDTH_NON_JOINER = '\u200C';
  private static final char ZERO_WIDTH_JOINER = '\u200D';
  private static final char SERVICE_MARK = '\u2120';
  private static final char TRADE_MARK = '\u2122';

  /** Scripts in which a letter with a mark is also written, and looked for, without it. */
  private static final Set<UnicodeScript> BARE_SCRIPTS =
      EnumSet.of(
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.HEBREW,
          UnicodeScript.ARABIC);

  private PreparedText() {}

  /**
   * Composed (NFC), without invisible characters such as soft hyphens and marks of direction, and
   * with a replacement character for each half of a surrogate pair.
   */
  static String composed(String text) {
    return isAscii(text) ? text : StreamSafe.normalize(visible(text), Normalizer.Form.NFC);
  }

  /**
   * As {@link #composed}, and compatible forms made the same (NFKC): wide and narrow letters,
   * ligatures, presentation forms, digits in circles. Marks are taken off Latin, Greek, Cyrillic,
   * Hebrew and Arabic letters.
   */
  static String folded(String text) {
    if (isAscii(text)) {
      return text;
    }
    String decomposed =
        StreamSafe.normalize(
            visible(text).replace(TRADE_MARK, ' ').replace(SERVICE_MARK, ' '),
            Normalizer.Form.NFKD);
    StringBuilder bare = new StringBuilder(decomposed.length());
    boolean afterBareLetter = false;
    for (int i = 0; i < decomposed.length(); ) {
      int c = decomposed.codePointAt(i);
      i += Character.charCount(c);
      boolean mark = Character.getType(c) == Character.NON_SPACING_MARK;
      if (!mark) {
        afterBareLetter = Character.isLetter(c) && BARE_SCRIPTS.contains(UnicodeScript.of(c));
      }
      if (!(mark && afterBareLetter) && c != ZERO_WIDTH_NON_JOINER) {
        bare.appendCodePoint(c);
      }
    }
    return StreamSafe.normalize(bare, Normalizer.Form.NFC);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > LAST_ASCII) {
        return false;
      }
    }
    return true;
  }

  private static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int type = Character.getType(c);
      if (type == Character.SURROGATE) {
        visible.append(REPLACEMENT);
      } else if (type != Character.FORMAT || isJoiner(c)) {
        visible.appendCodePoint(c);
      }
    }
    return visible.toString();
  }

  /** These say which letters belong together, and hold a family of emoji in one. */
  private static boolean isJoiner(int c) {
    return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
  }
}
