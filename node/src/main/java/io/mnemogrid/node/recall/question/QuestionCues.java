package io.mnemogrid.node.recall.question;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a question in English says beside its words. A question in another language has few cues or
 * none.
 *
 * @param times that it names
 * @param timesAlone whether it says nothing beside them, as "What happened in May?" does
 * @param asksWhen whether the answer is a time
 * @param namesCode whether it names something by a code, as INC-2003
 * @param names of people and things in it, as they are spelled there, without a possessive ending
 * @param nameWords in lower case, what may be a part of a name; more than the {@code names} hold
 */
public record QuestionCues(
    List<TimeCue> times,
    boolean timesAlone,
    boolean asksWhen,
    boolean namesCode,
    List<String> names,
    Set<String> nameWords) {

  /** Of a longer question the rest is not read. */
  static final int CHARS_MAX = 4_096;

  /** The cues of no question at all. */
  public static final QuestionCues NONE =
      new QuestionCues(List.of(), false, false, false, List.of(), Set.of());

  private static final Set<String> TIME_NOUNS =
      Words.set(
          "date dates day days hour month months season time week weekday weekend year years");

  /** What stands before a "when" that asks although the question does not begin with it. */
  private static final Set<String> BEFORE_WHEN =
      Words.set("about and ask by exactly know me or recall remember since tell until us");

  /** What goes on behind "when" or "what time" where these ask. */
  private static final Set<String> BEHIND_ASKING =
      Words.set(
          """
          and are am at can could did does do else exactly had has have in is might must of on or
          precisely shall should to was were will works would
          """);

  private static final Set<String> ABOUT_NOTHING =
      Words.set(
          """
          a agree agreed all an and any anything around at been before decide decided did
          discuss discussed do does doing done due during else event events everything find for from
          get give go going had happen happened happening happens has have i in is it learn learned
          list log logged me memories memory my note noted notes of on our people place plan planned
          recall record recorded remember said say says scheduled show since something store stored
          talk talked tell that the there thing things to took until us was we went were what which
          who work worked you your
          monday tuesday wednesday thursday friday saturday sunday
          """);

  public QuestionCues {
    times = List.copyOf(times);
    names = List.copyOf(names);
    nameWords = Set.copyOf(nameWords);
  }

  /**
   * Reads the first {@value #CHARS_MAX} characters of a question.
   *
   * @param now what "yesterday" counts from, and the zone whose days are meant
   */
  public static QuestionCues of(String question, ZonedDateTime now) {
    Words words = Words.of(question, CHARS_MAX);
    List<TimeCue> times = TimeReader.read(words, now);
    return new QuestionCues(
        times,
        !times.isEmpty() && isAboutNothing(question, words, times),
        asksWhen(words),
        Codes.areIn(question.substring(0, Math.min(question.length(), CHARS_MAX)), times),
        Names.in(words),
        Names.words(words));
  }

  /** Only those of a question in which these words may be parts of names. */
  public static QuestionCues mentioning(Set<String> nameWords) {
    return new QuestionCues(List.of(), false, false, false, List.of(), nameWords);
  }

  /** Those that do not depend on the question's language being English: times in digits, names. */
  public QuestionCues inAnyLanguage() {
    List<TimeCue> inDigits =
        times.stream().filter(time -> time.text().chars().noneMatch(Character::isLetter)).toList();
    return new QuestionCues(inDigits, false, false, namesCode, names, nameWords);
  }

  /** Whether the question names the speaker, by the whole name or by a word of it. */
  public boolean mentions(String speaker) {
    return Names.wordsOf(speaker).stream().anyMatch(nameWords::contains);
  }

  /**
   * Whether every word that is not of a time is one that any question may have. In capitals, as US
   * or WHO, it is a name, unless all are.
   */
  private static boolean isAboutNothing(String question, Words words, List<TimeCue> times) {
    boolean allCapitals = question.equals(question.toUpperCase(Locale.ROOT));
    return words.stream()
        .filter(word ->
            times.stream()
                .noneMatch(time -> {
                  int begin = question.indexOf(time.text());
                  return begin <= word.begin() && word.end() <= begin + time.text().length();
                }))
        .allMatch(
            word -> ABOUT_NOTHING.contains(word.lower()) && (!word.isInCapitals() || allCapitals));
  }

  /** Not what a "date format" is, or what fails "when I deploy". */
  private static boolean goesOnAsking(Words words, int i) {
    String next = words.lower(i + 1);
    return words.get(i).possessive()
        || next.isEmpty()
        || words.get(i + 1).startsSentence()
        || BEHIND_ASKING.contains(next)
        || next.endsWith("n't");
  }

  private static boolean asksWhen(Words words) {
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean first = word.startsSentence();
      String before = words.lower(i - 1);
      boolean asks =
          switch (word.lower()) {
            case "when" -> first ? goesOnAsking(words, i) : BEFORE_WHEN.contains(before);
            case "what", "which" ->
                (first || i == 1)
                    && TIME_NOUNS.contains(words.lower(i + 1))
                    && goesOnAsking(words, i + 1);
            case "long" -> before.equals("how") && words.is(i + 1, "ago");
            default -> false;
          };
      if (asks) {
        return true;
      }
    }
    return false;
  }
}
