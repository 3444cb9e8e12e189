package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.Word.Gap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the names in a question: what is capitalised without having to be. */
final class Names {
  /** Names of one question that are kept. */
  static final int NAMES_MAX = 16;

  /** Words in one name. */
  static final int WORDS_MAX = 6;

  /** Capitalised where a question or a part of it begins, or always, without being names. */
  private static final Set<String> NO_NAMES =
      Words.set(
          """
          a about after all an and any are as at before but by can compare could describe did
          do does during explain find for from give had has have he her his how i i'd i'll i'm
          i've if in is it its list may me might my name of on or our please remind she should
          show since so summarize tell that the their there these they this those to us was we
          were what what's when when's where which while who who's whom whose why will with
          would you your
          """);

  /** Names too, but not where a question begins. */
  private static final Set<String> VERBS_TOO = Set.of("may", "will");

  private Names() {}

  /** As they are spelled, the first mention of each. */
  static List<String> in(Words words) {
    if (words.stream().allMatch(Names::hasNoSmallLetter)) {
      return List.of(); // all in capitals: they say nothing
    }
    Set<String> names = new LinkedHashSet<>();
    int i = 0;
    while (i < words.size() && names.size() < NAMES_MAX) {
      int end = spanEnd(words, i);
      if (end > i && !isAccidental(words, i, end)) {
        names.add(words.bareText(i, end));
      }
      i = Math.max(i + 1, end);
    }
    return List.copyOf(names);
  }

  private static int spanEnd(Words words, int begin) {
    int end = begin;
    while (end < words.size() && end - begin < WORDS_MAX && isNamePart(words.get(end))) {
      boolean joined = end == begin || isJoin(words.gap(end));
      boolean closed = end > begin && words.get(end - 1).possessive();
      if (!joined || closed) {
        break;
      }
      end++;
    }
    return end;
  }

  private static boolean isJoin(Gap gap) {
    return gap == Gap.SPACE || gap == Gap.HYPHEN;
  }

  private static boolean isNamePart(Word word) {
    return word.isCapitalized() && canBeName(word) && !CalendarWords.isName(word.lower());
  }

  private static boolean canBeName(Word word) {
    boolean verb = VERBS_TOO.contains(word.lower());
    boolean capital = word.isCapitalized() && !word.startsSentence();
    return verb ? capital : !NO_NAMES.contains(word.lower());
  }

  /** A lone word with which a sentence begins, if nothing but its place speaks for a name. */
  private static boolean isAccidental(Words words, int begin, int end) {
    Word first = words.get(begin);
    return first.startsSentence() && end == begin + 1 && !first.possessive();
  }

  private static boolean hasNoSmallLetter(Word word) {
    return word.text().codePoints().noneMatch(Character::isLowerCase);
  }

  /**
   * The words of a question that may belong to a name, in lower case: the capitalised ones, also at
   * the beginning of a sentence; all of them when the question has no capitals inside.
   */
  static Set<String> words(Words words) {
    boolean careless =
        words.stream().noneMatch(word -> word.isCapitalized() && !word.startsSentence());
    return words.stream()
        .filter(word -> (careless || word.isCapitalized()) && canBeName(word))
        .map(Word::lower)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The words of a speaker's name. */
  static List<String> wordsOf(String name) {
    return Words.of(name, name.length()).stream().map(Word::lower).toList();
  }
}
