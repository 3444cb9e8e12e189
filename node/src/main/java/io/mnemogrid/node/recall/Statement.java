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
 * in punctuation at the ends of words, in how the first word is capitalised and, in English, in
 * articles alone. Numbers, names, signs, negations, tenses and the order of words all remain, since
 * any of them may be what is new.
 */
public record Statement(List<String> words) {
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /** Says nothing at the end of a word; a question mark does. */
  private static final String BARE = ".,;:!\"'()[]{}\u2026\u201c\u201d\u2018\u2019\u3002\u3001";

  public Statement {
    words = List.copyOf(words);
  }

  /**
   * @param language of the content, as its namespace has it
   */
  public static Statement of(String content, String language) {
    boolean english = language.equals(Namespace.DEFAULT_LANGUAGE);
    List<String> words = new ArrayList<>();
    for (String piece : StreamSafe.normalize(content, Normalizer.Form.NFC).split("\\s+", -1)) {
      String word = bare(piece);
      boolean first = words.isEmpty();
      String lower = word.toLowerCase(Locale.ROOT);
      // Inside a sentence a capital may be a name: "Plan A".
      boolean article = english && ARTICLES.contains(first ? lower : word);
      if (!word.isEmpty() && !article) {
        words.add(first ? lower : word);
      }
    }
    return new Statement(words);
  }

  /** Without the marks around it, or as it is if there is nothing else. */
  private static String bare(String piece) {
    int from = 0;
    int to = piece.length();
    while (from < to && BARE.indexOf(piece.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && BARE.indexOf(piece.charAt(to - 1)) >= 0) {
      to--;
    }
    // ".5" is another number than "5".
    boolean number =
        from > 0
            && from < to
            && piece.charAt(from - 1) == '.'
            && Character.isDigit(piece.charAt(from));
    return piece.substring(number ? from - 1 : from, to);
  }
}
