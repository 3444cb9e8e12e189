package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.StreamSafe;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a content says, less how it is written down: equal for two contents that differ in spaces
 * between words (but where there are quotation marks, or several lines, which may be a program), in
 * the way that accents are put together, in the full stop behind a last word of letters and, in
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

  /** What is in them is meant to the letter. An apostrophe, within a word, is none of them. */
  private static final Pattern QUOTES =
      Pattern.compile("[\"`\u201C\u2018\u00AB]|(?<![\\p{L}\\p{N}])'");

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern EACH_SPACE = Pattern.compile("\\s");

  /** Before the spaces that a line begins with, as these are no word. */
  private static final String LINE = "\n";

  public Statement {
    words = List.copyOf(words);
  }

  /**
   * @param language of the content, as its namespace has it
   */
  public static Statement of(String content, String language) {
    String text = StreamSafe.normalize(content, Normalizer.Form.NFC).stripTrailing();
    List<String> words = new ArrayList<>();
    List<String> lines = text.lines().dropWhile(String::isBlank).toList();
    boolean isToTheLetter = lines.size() > 1 || QUOTES.matcher(text).find();
    Pattern spaces = isToTheLetter ? EACH_SPACE : SPACES;
    for (String line : lines) {
      if (lines.size() > 1) {
        words.add(LINE + line.substring(0, line.length() - line.stripLeading().length()));
      }
      spaces.splitAsStream(line.strip()).forEach(words::add);
    }
    if (!words.isEmpty()) {
      words.set(words.size() - 1, unended(words.getLast()));
      if (language.equals(Namespace.DEFAULT_LANGUAGE)) {
        int first = lines.size() > 1 ? 1 : 0;
        words.set(first, opening(words.get(first)));
      }
    }
    return new Statement(words);
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
