package io.mnemogrid.node.lexical;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Spells out the signs of names that are one letter and signs, such as C++ and F#. Where texts are
 * split, signs are dropped, and these would all be the letter.
 */
final class SignedNames {
  private static final String PLUS_PLUS = "++";
  private static final String SHARP = "#";

  private static final Pattern NAME =
      Pattern.compile("(?<![\\p{L}\\p{N}])([A-Za-z])(\\+\\+|#)(?![\\p{L}+#])");

  private SignedNames() {}

  static String spelledOut(String text) {
    return text.contains(PLUS_PLUS) || text.contains(SHARP)
        ? NAME.matcher(text).replaceAll(SignedNames::spelledOut)
        : text;
  }

  /** The space parts the name from a version, as in C++20. */
  private static String spelledOut(MatchResult name) {
    return name.group(1) + (name.group(2).equals(SHARP) ? "sharp " : "plusplus ");
  }
}
