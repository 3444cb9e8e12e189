package io.mnemogrid.node.recall.question;

import java.util.Set;

/**
 * Whether the name of a month with neither a day nor a year beside it means the month: "may" and
 * "march" are words of their own, the short forms stand for other things too, and all can be names
 * ("who is June", "Theresa May", "signed by April", "the APR").
 */
final class LoneMonths {
  private static final Set<String> ALSO_FIRST_NAMES = Words.set("jan april may june august");

  /** What stands before somebody who is asked about. */
  private static final Set<String> NAME_LEADS =
      Words.set(
          "about ask can could did do does has have how is should tell was what where who will"
              + " with would");

  /** What is somebody's, or comes from somebody. */
  private static final Set<String> OF_SOMEBODY =
      Words.set(
          """
          answer birthday brother call daughter email friend gift hear heard husband letter mail
          message mother news note opinion quote reply request sister son wife word
          """);

  /** What is done by somebody, where it does not end in "ed". */
  private static final Set<String> DONE =
      Words.set(
          "built done found given kept led made meant paid run said sent spoken taken taught told"
              + " written");

  private final Words words;

  LoneMonths(Words words) {
    this.words = words;
  }

  boolean isOne(int i) {
    Word word = words.get(i);
    boolean isShort = word.lower().length() == 3;
    boolean unlike = CalendarWords.isAlsoVerb(word.lower()) || isShort;
    if (isSomebody(i)) {
      return false;
    }
    return TimeLeads.isLed(words, i)
        || (!(isShort && word.isInCapitals())
            && !isName(i)
            && (!unlike || (word.isCapitalized() && !word.startsSentence())));
  }

  /** By or from somebody who is called like a month, or what is theirs. */
  private boolean isSomebody(int i) {
    Word word = words.get(i);
    if (!ALSO_FIRST_NAMES.contains(word.lower()) || !word.isCapitalized()) {
      return false;
    }
    String before = words.lower(i - 2);
    boolean theirs = word.possessive() && !CalendarWords.isToldByTime(words.lower(i + 1));
    return switch (words.lower(i - 1)) {
      case "by" -> theirs || DONE.contains(before) || before.endsWith("ed");
      case "from", "of" -> theirs || OF_SOMEBODY.contains(before);
      default -> theirs;
    };
  }

  private boolean isName(int i) {
    return words.get(i).isCapitalized()
        && (NAME_LEADS.contains(words.lower(i - 1)) || isNamePart(i - 1) || isNamePart(i + 1));
  }

  private boolean isNamePart(int i) {
    return words.has(i)
        && words.get(i).isCapitalized()
        && !words.get(i).isInCapitals()
        && !words.get(i).startsSentence()
        && !CalendarWords.isName(words.lower(i));
  }
}
