package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.StreamSafe;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a content says, less how it is written down: equal for two contents that differ in spaces,
 * in the way that accents are put together, in the full stop behind a last word of letters and, in
 * English, in the capital of a first word that is no name. All else remains, since it may be what
 * is new: numbers, names, signs, negations, tenses, the order of words, articles ("a few", "The
 * Who") and every other mark, which may belong to a password, a path or a formula.
 */
public record Statement(List<String> words) {
  private static final String FULL_STOP = ".";

  /**
   * They begin sentences and name nobody, so that their capital says nothing. Any other first word
   * may be a name: "Turkey", "Who", "Bill".
   */
  private static final Set<String> OPENERS =
      Set.of("a", "an", "he", "it", "she", "that", "the", "there", "they", "this", "we");

  public Statement {
    words = List.copyOf(words);
  }

  /**
   * @param language of the content, as its namespace has it
   */
  public static Statement of(String content, String language) {
    String[] words = StreamSafe.normalize(content, Normalizer.Form.NFC).strip().split("\\s+", -1);
    int last = words.length - 1;
    words[last] = unended(words[last]);
    if (language.equals(Namespace.DEFAULT_LANGUAGE)) {
      words[0] = opening(words[0]);
    }
    return new Statement(List.of(words));
  }

  /** The last word without the full stop that ends a sentence. */
  private static String unended(String word) {
    String before =
        word.endsWith(FULL_STOP) ? word.substring(0, word.length() - FULL_STOP.length()) : "";
    boolean letters = !before.isEmpty() && before.codePoints().allMatch(Character::isLetter);
    return letters ? before : word;
  }

  /** The first word without a capital that it has for its place alone; "IT" is not "it". */
  private static String opening(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    boolean acronym = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    return OPENERS.contains(lower) && !acronym ? lower : word;
  }
}
