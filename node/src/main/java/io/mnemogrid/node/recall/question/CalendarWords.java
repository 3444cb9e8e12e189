package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.Word.Gap;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** English names of months, days, seasons and small numbers, in lower case, and years. */
final class CalendarWords {
  private static final int YEAR_MIN = 1900;
  private static final int YEAR_MAX = 2100;

  private static final Map<String, Month> MONTHS = new HashMap<>();
  private static final Map<String, DayOfWeek> DAYS = new HashMap<>();
  private static final Map<String, Month> SEASON_BEGINNINGS =
      Map.of(
          "spring", Month.MARCH,
          "summer", Month.JUNE,
          "autumn", Month.SEPTEMBER,
          "fall", Month.SEPTEMBER,
          "winter", Month.DECEMBER);
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("a", 1),
          Map.entry("an", 1),
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("eleven", 11),
          Map.entry("twelve", 12),
          Map.entry("thirteen", 13),
          Map.entry("fourteen", 14),
          Map.entry("fifteen", 15),
          Map.entry("sixteen", 16),
          Map.entry("seventeen", 17),
          Map.entry("eighteen", 18),
          Map.entry("nineteen", 19),
          Map.entry("twenty", 20),
          Map.entry("thirty", 30),
          Map.entry("forty", 40),
          Map.entry("fifty", 50),
          Map.entry("sixty", 60),
          Map.entry("seventy", 70),
          Map.entry("eighty", 80),
          Map.entry("ninety", 90));

  private static final Set<String> TOLD_BY_TIME =
      Words.set(
          """
          budget earnings figures forecast goals numbers okrs planning profit report results revenue
          review roadmap sales targets
          """);

  static {
    for (Month month : Month.values()) {
      String name = month.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT);
      MONTHS.put(name, month);
      MONTHS.put(name.substring(0, 3), month);
    }
    MONTHS.put("sept", Month.SEPTEMBER);
    for (DayOfWeek day : DayOfWeek.values()) {
      DAYS.put(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT), day);
    }
  }

  private CalendarWords() {}

  static @Nullable Month month(String lower) {
    return MONTHS.get(lower);
  }

  static @Nullable DayOfWeek day(String lower) {
    return DAYS.get(lower);
  }

  /** The first month of a season, as the northern half of the earth has it. */
  static @Nullable Month seasonBeginning(String lower) {
    return SEASON_BEGINNINGS.get(lower);
  }

  /** The number that is written as one word, or -1. */
  static int number(String lower) {
    return NUMBERS.getOrDefault(lower, -1);
  }

  /** The number of a place in a row from the first to the fourth, or -1. */
  static int ordinal(String lower) {
    return switch (lower) {
      case "first", "1st" -> 1;
      case "second", "2nd" -> 2;
      case "third", "3rd" -> 3;
      case "fourth", "4th" -> 4;
      default -> -1;
    };
  }

  /** Names a month, but says something else as often. */
  static boolean isAlsoVerb(String month) {
    return month.equals("may") || month.equals("march");
  }

  /** Is short for a month, so that a dot behind it does not end a sentence. */
  static boolean isShortForMonth(String lower) {
    return MONTHS.containsKey(lower)
        && !lower.equals("may")
        && (lower.length() == 3 || lower.equals("sept"));
  }

  /** The year that follows a day or month, or -1. */
  static int yearAt(Words words, int i) {
    Gap gap = words.gap(i);
    return gap == Gap.SPACE || gap == Gap.COMMA ? year(words.get(i)) : -1;
  }

  /** The year that a number may be, or -1. */
  static int year(Word word) {
    int year = word.isDigits(4) ? word.number(4) : -1;
    return year >= YEAR_MIN && year <= YEAR_MAX ? year : -1;
  }

  /** What is told by the month or quarter: a "Q3" or "June's" before it is one of these. */
  static boolean isToldByTime(String lower) {
    return TOLD_BY_TIME.contains(lower);
  }

  /** Names a month or a day, or is short for one. */
  static boolean isName(String lower) {
    return MONTHS.containsKey(lower) || DAYS.containsKey(lower);
  }
}
