package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import io.mnemogrid.node.recall.question.Word.Gap;
import java.time.LocalDate;
import java.time.Month;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some months in a row: summer 2023, in the summer, Q3 2023, the third quarter of 2023, in Q3, H1
 * 2023, the first half of 2023.
 */
final class CalendarSeasons {
  private static final int MONTHS_OF_SEASON = 3;
  private static final int MONTHS_OF_HALF = 6;

  /** What leads to a season and hardly to something else that is called so. */
  private static final Set<String> SEASON_LEADS =
      Words.set("in during since until till through throughout between early mid late");

  /** Of what a season has as a month has. */
  private static final Set<String> PARTS =
      Words.set("beginning end half middle part rest start week");

  private final Words words;
  private final LocalDate today;

  CalendarSeasons(Words words, LocalDate today) {
    this.words = words;
    this.today = today;
  }

  /** The season, quarter or half of a year that begins with the word, or null. */
  @Nullable NamedTime at(int i) {
    String lower = words.lower(i);
    Month season = CalendarWords.seasonBeginning(lower);
    if (season != null) {
      return of(i, i + 1, season, MONTHS_OF_SEASON, isSeason(i));
    }
    if (words.is(i + 1, "quarter")) {
      Month beginning = quarterBeginning(CalendarWords.ordinal(lower));
      return of(i, i + 2, beginning, MONTHS_OF_SEASON, false);
    }
    boolean sure =
        words.get(i).isCapitalized()
            && (isLed(i)
                || words.is(i - 1, "for")
                || CalendarWords.isToldByTime(words.lower(i + 1)));
    return lower.startsWith("h")
        ? of(i, i + 1, halfBeginning(lower), MONTHS_OF_HALF, sure)
        : of(i, i + 1, shortQuarter(lower), MONTHS_OF_SEASON, sure);
  }

  /**
   * @param sure whether it is one although no year is said
   */
  private @Nullable NamedTime of(
      int begin, int end, @Nullable Month beginning, int months, boolean sure) {
    if (beginning == null) {
      return null;
    }
    int at = words.is(end, "of") ? end + 1 : end;
    int year = CalendarWords.yearAt(words, at);
    if (year > 0) {
      return months(begin, at + 1, LocalDate.of(year, beginning, 1), months);
    }
    if (!sure) {
      return null;
    }
    int told = yearOfWhatIsTold(end);
    if (told > 0) {
      return months(begin, end, LocalDate.of(told, beginning, 1), months);
    }
    LocalDate latest = LocalDate.of(today.getYear(), beginning, 1);
    LocalDate from = latest.isAfter(today) ? latest.minusYears(1) : latest;
    return months(begin, end, from, months).asEveryYear();
  }

  /** The year in "Q2 sales in 2022", or -1. */
  private int yearOfWhatIsTold(int i) {
    boolean linked =
        switch (words.lower(i + 1)) {
          case "in", "of", "for" -> true;
          default -> false;
        };
    return linked && CalendarWords.isToldByTime(words.lower(i))
        ? CalendarWords.yearAt(words, i + 2)
        : -1;
  }

  /** In the fall, at the end of summer; not in Spring Boot, of a fall, or in the fall of Rome. */
  private boolean isSeason(int i) {
    int lead = words.is(i - 1, "the") ? i - 2 : i - 1;
    boolean led =
        words.is(lead, "of")
            ? PARTS.contains(words.lower(lead - 1))
            : SEASON_LEADS.contains(words.lower(lead));
    boolean ofSomething = words.is(i + 1, "of") && !isOfYear(i + 2);
    return led && !words.get(i).startsSentence() && !isNamePart(i + 1) && !ofSomething;
  }

  private boolean isOfYear(int i) {
    return switch (words.lower(i)) {
      case "last", "this", "next" -> words.is(i + 1, "year");
      default -> false;
    };
  }

  private boolean isNamePart(int i) {
    return words.gap(i) == Gap.SPACE && words.get(i).isCapitalized();
  }

  private boolean isLed(int i) {
    return TimeLeads.isLed(words, i) || (words.is(i - 1, "the") && TimeLeads.isLed(words, i - 1));
  }

  private static @Nullable Month halfBeginning(String lower) {
    return switch (lower) {
      case "h1" -> Month.JANUARY;
      case "h2" -> Month.JULY;
      default -> null;
    };
  }

  private static @Nullable Month shortQuarter(String lower) {
    return lower.startsWith("q") ? quarterBeginning(Word.number(lower.substring(1), 1)) : null;
  }

  private static @Nullable Month quarterBeginning(int number) {
    return number < 1 || number > 4 ? null : Month.of(3 * number - 2);
  }

  private static NamedTime months(int begin, int end, LocalDate from, int count) {
    return new NamedTime(begin, end, from, from.plusMonths(count), Grain.SEASON, false);
  }
}
