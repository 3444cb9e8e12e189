package io.mnemogrid.node.recall;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what a question means letter by letter: quoted strings, identifiers, URLs. */
final class ExactTerms {
  /** Terms of one question that are kept. */
  static final int TERMS_MAX = 16;

  private static final int TERM_CHARS_MAX = 120;
  private static final int LONG_NUMBER_DIGITS = 5;
  private static final String OPENING = "\"\u201C\u00AB`'\u2018";
  private static final String CLOSING = "\"\u201D\u00BB`'\u2019";
  private static final String AROUND = ".,;:!?()[]{}<>\"'`\u2018\u2019\u201C\u201D\u00AB\u00BB";

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Numbers that people write with letters: 8th, 3pm, 90s, 5k, 20km. */
  private static final Pattern SPOKEN_NUMBER =
      Pattern.compile(
          "\\d{1,6}(st|nd|rd|th|s|am|pm|a\\.m|p\\.m|h|k|m|b|g|mm|cm|km|kg|ml|mb|gb|tb|ms|min|x|d)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DATE_TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]{2,15}(Z|[+-][\\d:]{2,6})?");

  private ExactTerms() {}

  /**
   * @param chars of the question that are read
   */
  static List<String> in(String question, int chars) {
    String text = question.substring(0, Math.min(chars, question.length()));
    Set<String> terms = new LinkedHashSet<>();
    addQuoted(text, terms);
    SPACES
        .splitAsStream(text)
        .map(ExactTerms::strip)
        .filter(token -> token.length() <= TERM_CHARS_MAX && isIdentifier(token))
        .limit(TERMS_MAX)
        .forEach(terms::add);
    return terms.stream().limit(TERMS_MAX).toList();
  }

  private static void addQuoted(String text, Set<String> terms) {
    int i = 0;
    while (i < text.length() && terms.size() < TERMS_MAX) {
      int kind = OPENING.indexOf(text.charAt(i));
      boolean opens = kind >= 0 && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)));
      int close = opens ? closing(text, i, CLOSING.charAt(kind)) : -1;
      if (close > i + 1 && !text.substring(i + 1, close).isBlank()) {
        terms.add(text.substring(i + 1, close).strip());
      }
      i = close > i ? close + 1 : i + 1;
    }
  }

  private static int closing(String text, int open, char mark) {
    int end = Math.min(text.length(), open + TERM_CHARS_MAX + 2);
    for (int i = open + 1; i < end; i++) {
      boolean last = i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1));
      if (text.charAt(i) == mark && last) {
        return i;
      }
    }
    return -1;
  }

  private static String strip(String chunk) {
    int begin = 0;
    int end = chunk.length();
    while (begin < end && AROUND.indexOf(chunk.charAt(begin)) >= 0) {
      begin++;
    }
    while (end > begin && AROUND.indexOf(chunk.charAt(end - 1)) >= 0) {
      end--;
    }
    String token = chunk.substring(begin, end);
    boolean possessive = token.endsWith("'s") || token.endsWith("\u2019s");
    return possessive ? token.substring(0, token.length() - 2) : token;
  }

  private static boolean isIdentifier(String token) {
    if (SPOKEN_NUMBER.matcher(token).matches() || DATE_TIME.matcher(token).matches()) {
      return false;
    }
    boolean letter = token.chars().anyMatch(Character::isLetter);
    boolean digit = token.chars().anyMatch(ExactTerms::isDigit);
    if (letter && digit) {
      return true;
    }
    if (!letter) {
      return token.length() >= LONG_NUMBER_DIGITS && token.chars().allMatch(ExactTerms::isDigit);
    }
    return token.indexOf('_') >= 0
        || token.contains("://")
        || token.contains("::")
        || token.indexOf('@') >= 0
        || token.startsWith("--")
        || isPath(token)
        || isDotted(token)
        || isCamelCase(token);
  }

  private static boolean isPath(String token) {
    return token.chars().filter(c -> c == '/').count() >= 2 || token.startsWith("/");
  }

  /** A name of a file or host: not e.g. or U.S. */
  private static boolean isDotted(String token) {
    int dot = token.lastIndexOf('.');
    return dot > 1 && dot < token.length() - 2 && Character.isLetter(token.charAt(dot + 1));
  }

  private static boolean isCamelCase(String token) {
    boolean hump = false;
    for (int i = 1; i < token.length(); i++) {
      hump |= Character.isUpperCase(token.charAt(i)) && Character.isLowerCase(token.charAt(i - 1));
    }
    return hump && Character.isLowerCase(token.charAt(0));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
