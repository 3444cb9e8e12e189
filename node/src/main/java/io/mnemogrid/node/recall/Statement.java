package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.StreamSafe;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a content says, less how it is written down: equal for two contents that differ in spaces,
 * in quotes and brackets around words, in the punctuation at the end and, in English, in the
 * capital of a first word that is no name and in definite articles away from names. Numbers, names,
 * signs, negations, tenses, the order of words and the stops between them all remain, since any of
 * them may be what is new; so does "a", which may be the name of a thing or, as in "a few", the
 * whole difference.
 */
public record Statement(List<String> words) {
  /** Behind the last word they say nothing; a question mark does. */
  private static final String STOPS = ".,;:\u2026\u3002\u3001";

  private static final String QUOTES = "\"'\u201c\u201d\u2018\u2019";
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  /**
   * They begin sentences and name nobody, so that their capital says nothing. Any other first word
   * may be a name: "Turkey", "Who", "Bill".
   */
  private static final Set<String> OPENERS =
      Set.of("a", "an", "he", "it", "she", "that", "the", "there", "they", "this", "we");

  /** "The most" is not "most", "the few" are not "few", and "The Who" are a band. */
  private static final Set<String> TELLING_AFTER_ARTICLE =
      Set.of(
          "best", "bit", "few", "fewer", "fewest", "first", "last", "latter", "least", "less",
          "little", "lot", "many", "more", "most", "next", "number", "one", "only", "other", "same",
          "second", "third", "who", "worst");

  public Statement {
    words = List.copyOf(words);
  }

  /**
   * @param language of the content, as its namespace has it
   */
  public static Statement of(String content, String language) {
    boolean english = language.equals(Namespace.DEFAULT_LANGUAGE);
    String[] pieces = StreamSafe.normalize(content, Normalizer.Form.NFC).strip().split("\\s+", -1);
    List<String> words = new ArrayList<>(pieces.length);
    for (int i = 0; i < pieces.length; i++) {
      String word = bare(pieces[i]);
      String said = english && i == 0 ? opening(word) : word;
      boolean last = i + 1 == pieces.length;
      String next = last ? "" : bare(pieces[i + 1]);
      String before = words.isEmpty() ? "" : words.getLast();
      // With a mark behind it, it is quoted. Next to a capital it may belong to a name: "The
      // Hague", "Bank of the West", "Alexander the Great".
      boolean article =
          english
              && said.equals("the")
              && pieces[i].endsWith(word)
              && !next.isEmpty()
              && !TELLING_AFTER_ARTICLE.contains(next)
              && !capitalised(before)
              && !capitalised(next);
      if (!word.isEmpty() && !article) {
        words.add(last ? said : said + stopBehind(word, pieces[i]));
      }
    }
    return new Statement(words);
  }

  /** The first word without a capital that it has for its place alone; "IT" is not "it". */
  private static String opening(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    boolean acronym = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    return OPENERS.contains(lower) && !acronym ? lower : word;
  }

  private static boolean capitalised(String word) {
    return word.codePoints().anyMatch(Character::isUpperCase);
  }

  /**
   * The first stop behind the word in its piece, perhaps behind a quote: "Let's eat, Grandma" and
   * "Do not, stop" are not what they would be without it.
   */
  private static String stopBehind(String word, String piece) {
    return piece
        .substring(piece.lastIndexOf(word) + word.length())
        .codePoints()
        .filter(mark -> STOPS.indexOf(mark) >= 0 || mark == '!')
        .mapToObj(Character::toString)
        .findFirst()
        .orElse("");
  }

  /**
   * Without the marks around it that say nothing. Alone, a mark is what is spoken of; at a number,
   * quotes are units and brackets may be a sign; a bracket belongs to the other one in the word.
   */
  private static String bare(String piece) {
    if (piece.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return piece;
    }
    boolean number = piece.codePoints().anyMatch(Character::isDigit);
    int from = 0;
    int to = piece.length();
    while (saysNothingAtEnd(piece, to - 1, number)) {
      to--;
    }
    while (saysNothingAtBeginning(piece, from, number)) {
      from++;
    }
    return piece.substring(from, to);
  }

  private static boolean saysNothingAtEnd(String piece, int at, boolean number) {
    char mark = piece.charAt(at);
    if (STOPS.indexOf(mark) >= 0) {
      return true;
    }
    int kind = CLOSING.indexOf(mark);
    boolean alone = kind >= 0 && piece.indexOf(OPENING.charAt(kind)) < 0;
    return !number && (mark == '!' || QUOTES.indexOf(mark) >= 0 || alone);
  }

  private static boolean saysNothingAtBeginning(String piece, int at, boolean number) {
    char mark = piece.charAt(at);
    int kind = OPENING.indexOf(mark);
    boolean alone = kind >= 0 && piece.indexOf(CLOSING.charAt(kind)) < 0;
    return !number && (QUOTES.indexOf(mark) >= 0 || alone);
  }
}
