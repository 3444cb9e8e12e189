package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import io.mnemogrid.node.recall.question.Word.Gap;
import java.time.LocalDate;
import java.time.Month;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In 2023, by the end of 2023, in 2019-2021; a bare number is not a year. */
final class CalendarYears {
  /** What also makes a number behind it a year, unless it is a round one. */
  private static final Set<String> YEAR_LEADS = Words.set("around about for");

  /** What links a year to another. */
  private static final Set<String> LINKS = Words.set("and to or until till through");

  /** Of a round number there may be so many; of a year there are these. */
  private static final Set<String> OF_YEARS =
      Words.set(
          """
          autumn beginning class decade end fall half middle months part quarter rest spring start
          summer time winter year
          """);

  /** Behind a year that one of these leads to, a sentence goes on with any word. */
  private static final Set<String> LEADS_OF_YEARS = Words.set("in during since of");

  /** In these thousands are told, however many they are. */
  private static final Set<String> UNITS =
      Words.set(
          """
          bits bytes kilobytes megabytes gigabytes kb mb gb characters chars tokens words lines rows
          columns steps iterations epochs samples frames pixels dimensions meters metres kilometers
          kilometres km miles feet milliseconds ms seconds minutes hours days weeks months calories
          dollars euros
          """);

  private static final Set<String> NO_PLURALS =
      Words.set(
          "afterwards always besides does hers ours perhaps sometimes theirs towards whereas");

  private static final Set<String> PLURALS_WITHOUT_S = Words.set("people men women children");

  private final Words words;

  CalendarYears(Words words) {
    this.words = words;
  }

  /** The year that the word is, or null. */
  @Nullable NamedTime at(int i) {
    int year = CalendarWords.year(words.get(i));
    if (year < 0 || !isYear(i, isRound(year)) || isQuantity(i, year)) {
      return null;
    }
    LocalDate from = LocalDate.of(year, Month.JANUARY, 1);
    return new NamedTime(i, i + 1, from, from.plusYears(1), Grain.YEAR, false);
  }

  /** In 2023, in 2019-2021, in 2019 and 2021, for 2023; not "a limit of 2000", "raised to 2000". */
  private boolean isYear(int i, boolean round) {
    String lead = words.lower(i - 1);
    boolean joined = words.gap(i) == Gap.HYPHEN && isYear(i - 1) && TimeLeads.isLed(words, i - 1);
    boolean linked = LINKS.contains(lead) && isYear(i - 2) && TimeLeads.isLed(words, i - 2);
    if (joined || linked) {
      return true;
    }
    if (isBesideQuantity(i)) {
      return false;
    }
    return switch (lead) {
      case "of" -> !round || OF_YEARS.contains(words.lower(i - 2));
      case "by" -> !round;
      case "year" -> true;
      default -> TimeLeads.isLed(words, i) || (!round && YEAR_LEADS.contains(lead));
    };
  }

  /** From 2000 to 3000 are no years. */
  private boolean isBesideQuantity(int i) {
    boolean linked = LINKS.contains(words.lower(i + 1)) || words.gap(i + 1) == Gap.HYPHEN;
    int other = words.gap(i + 1) == Gap.HYPHEN ? i + 1 : i + 2;
    return linked
        && words.has(other)
        && words.lower(other).chars().allMatch(Character::isDigit)
        && words.lower(other).length() > 2
        && !isYear(other);
  }

  private static boolean isRound(int year) {
    return year % 100 == 0 || Integer.bitCount(year) == 1;
  }

  /**
   * "After 2000 requests" is no year, but "in 2023 sales rose" is one. A plural behind a number is
   * what there are so many of if it is a unit, or if the number is round: it would be chance if
   * there were just 2023 of anything else. Behind a word that seldom leads to a year, any plural
   * is.
   */
  private boolean isQuantity(int i, int year) {
    if (words.gap(i + 1) != Gap.SPACE || isSpelledAsName(words.get(i + 1))) {
      return false;
    }
    String next = words.lower(i + 1);
    boolean round = isRound(year);
    boolean likely = LEADS_OF_YEARS.contains(words.lower(i - 1)) || isYear(i - 1) || isYear(i - 2);
    return UNITS.contains(next)
        || (round && PLURALS_WITHOUT_S.contains(next))
        || ((round || !likely) && isPlural(next));
  }

  /** Told by its "s", which of the words that may follow a year only few others have. */
  private static boolean isPlural(String lower) {
    return lower.length() > 3
        && lower.endsWith("s")
        && !lower.endsWith("ss")
        && !lower.endsWith("us")
        && !lower.endsWith("is")
        && !NO_PLURALS.contains(lower);
  }

  private static boolean isSpelledAsName(Word word) {
    return word.isCapitalized() && !word.isInCapitals();
  }

  private boolean isYear(int i) {
    return words.has(i) && CalendarWords.year(words.get(i)) > 0;
  }
}
