package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.Word.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a question in their order. Rules may look past both ends: there is nothing. */
final class Words {
  /** Words of a question that are read. */
  static final int COUNT_MAX = 512;

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final String question;
  private final List<Word> words;

  private Words(String question, List<Word> words) {
    this.question = question;
    this.words = words;
  }

  /**
   * @param chars of the question that are read
   */
  static Words of(String question, int chars) {
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
    return new Words(question, List.copyOf(words));
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

  int size() {
    return words.size();
  }

  Stream<Word> stream() {
    return words.stream();
  }

  boolean has(int i) {
    return i >= 0 && i < words.size();
  }

  /** A word that is there. */
  Word get(int i) {
    return words.get(i);
  }

  /** The word in lower case, or an empty text. */
  String lower(int i) {
    return has(i) ? words.get(i).lower() : "";
  }

  boolean is(int i, String lower) {
    return has(i) && words.get(i).is(lower);
  }

  /** What is between the word and the one before; {@link Gap#OTHER} behind the end. */
  Gap gap(int i) {
    return has(i) ? words.get(i).gap() : Gap.OTHER;
  }

  /** As of {@link Word#number}. */
  int number(int i, int digits) {
    return has(i) ? words.get(i).number(digits) : -1;
  }

  /** As it stands in the question, from the word {@code begin} to before the word {@code end}. */
  String text(int begin, int end) {
    return question.substring(words.get(begin).begin(), words.get(end - 1).end());
  }

  /** The same without the possessive ending of the last word. */
  String bareText(int begin, int end) {
    Word last = words.get(end - 1);
    return question.substring(words.get(begin).begin(), last.begin() + last.text().length());
  }
}
