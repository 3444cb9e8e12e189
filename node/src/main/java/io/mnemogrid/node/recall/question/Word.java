package io.mnemogrid.node.recall.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  /** Words of a question that are read. */
  static final int COUNT_MAX = 512;

  private static final Pattern SPACES = Pattern.compile("\\s+");

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

  /**
   * @param chars of the question that are read
   */
  static List<Word> of(String question, int chars) {
    List<Word> words = new ArrayList<>();
    int length = Math.min(question.length(), chars);
    int gapBegin = 0;
    int i = 0;
    while (i < length && words.size() < COUNT_MAX) {
      int c = question.codePointAt(i);
      if (!isPart(c)) {
        i += Character.charCount(c);
        continue;
      }
      int begin = i;
      i = end(question, i, length);
      Gap gap = words.isEmpty() ? Gap.SENTENCE : gap(question, gapBegin, begin);
      // "Mar. 5" is one date.
      if (gap == Gap.SENTENCE && Character.isDigit(c) && isShortMonth(words, question, begin)) {
        gap = Gap.SPACE;
      }
      words.add(word(question, begin, i, gap));
      gapBegin = i;
    }
    return words;
  }

  /** The words of a text of our own, which are spelled there as they are meant. */
  static Set<String> set(String spaced) {
    return SPACES.splitAsStream(spaced.strip()).collect(Collectors.toUnmodifiableSet());
  }

  private static int end(String question, int begin, int length) {
    int i = begin;
    while (i < length) {
      int c = question.codePointAt(i);
      boolean inside =
          isPart(c)
              || (isApostrophe(c)
                  && i + 1 < length
                  && Character.isLetter(question.codePointAt(i + 1)));
      if (!inside) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static Word word(String question, int begin, int end, Gap gap) {
    boolean ofSingular =
        end - begin > 2
            && isApostrophe(question.charAt(end - 2))
            && (question.charAt(end - 1) == 's' || question.charAt(end - 1) == 'S');
    boolean ofPlural =
        question.charAt(end - 1) == 's'
            && end < question.length()
            && isApostrophe(question.charAt(end))
            && Character.isUpperCase(question.codePointAt(begin));
    String text = question.substring(begin, ofSingular ? end - 2 : end);
    return new Word(
        text,
        text.toLowerCase(Locale.ROOT),
        begin,
        ofPlural ? end + 1 : end,
        gap,
        ofSingular || ofPlural);
  }

  private static Gap gap(String question, int begin, int end) {
    String gap = question.substring(begin, end);
    String mark = gap.strip();
    boolean spaced = mark.length() < gap.length();
    return switch (mark) {
      case "" -> gap.indexOf('\n') >= 0 ? Gap.SENTENCE : Gap.SPACE;
      case "," -> Gap.COMMA;
      case "-", "\u2010", "\u2011", "\u2013" -> spaced ? Gap.DASH : Gap.HYPHEN;
      case "/" -> spaced ? Gap.OTHER : Gap.SLASH;
      case "." -> spaced ? Gap.SENTENCE : Gap.DOT;
      default -> endsSentence(mark) ? Gap.SENTENCE : Gap.OTHER;
    };
  }

  private static boolean isShortMonth(List<Word> words, String question, int gapEnd) {
    return !words.isEmpty()
        && CalendarWords.isShortForMonth(words.getLast().lower())
        && question.substring(words.getLast().end(), gapEnd).strip().equals(".");
  }

  private static boolean endsSentence(String mark) {
    return mark.chars().anyMatch(c -> c == '.' || c == '!' || c == '?' || c == ':' || c == '\n');
  }

  private static boolean isPart(int c) {
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static boolean isApostrophe(int c) {
    return c == '\'' || c == '\u2019';
  }

  boolean is(String expected) {
    return lower.equals(expected);
  }

  boolean isCapitalized() {
    int first = text.codePointAt(0);
    return Character.isUpperCase(first) || Character.isTitleCase(first);
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
