package io.mnemogrid.node.recall.question;

import java.util.Locale;

/**
 * A word or number of a question.
 *
 * @param text without a possessive ending
 * @param lower the same in lower case
 * @param begin index in the question of its first character
 * @param end index behind its last character, possessive ending included
 * @param gap what is between it and the word before
 */
record Word(String text, String lower, int begin, int end, Gap gap, boolean possessive) {
  /** What is between two words. */
  enum Gap {
    SPACE,
    COMMA,
    HYPHEN,
    /** A hyphen among spaces. */
    DASH,
    SLASH,
    DOT,
    /** The end of a sentence, or the beginning of the question. */
    SENTENCE,
    OTHER
  }

  boolean is(String expected) {
    return lower.equals(expected);
  }

  boolean isCapitalized() {
    int first = text.codePointAt(0);
    return Character.isUpperCase(first) || Character.isTitleCase(first);
  }

  boolean isInCapitals() {
    return text.length() > 1 && text.equals(text.toUpperCase(Locale.ROOT));
  }

  boolean startsSentence() {
    return gap == Gap.SENTENCE;
  }

  /** Its value when it is written in at most {@code digits} digits, perhaps as 8th; else -1. */
  int number(int digits) {
    return number(lower, digits);
  }

  static int number(String text, int digits) {
    int length = 0;
    int value = 0;
    while (length < text.length() && length < digits && isDigit(text.charAt(length))) {
      value = 10 * value + text.charAt(length) - '0';
      length++;
    }
    boolean whole = length == text.length() || isOrdinalEnding(text.substring(length));
    return length > 0 && whole ? value : -1;
  }

  /** Whether it is exactly so many digits. */
  boolean isDigits(int count) {
    return lower.length() == count && lower.chars().allMatch(Word::isDigit);
  }

  private static boolean isOrdinalEnding(String ending) {
    return switch (ending) {
      case "st", "nd", "rd", "th" -> true;
      default -> false;
    };
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
