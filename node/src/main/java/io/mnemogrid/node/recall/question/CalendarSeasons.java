package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import java.time.Month;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Three months in a row: summer 2023, in the summer, Q3 2023, the third quarter of 2023, in Q3. */
final class CalendarSeasons {
  /** What is told by the quarter, so that a "Q3" before it is one of these. */
  private static final Set<String> TOLD_BY_QUARTER =
      Words.set(
          """
          budget earnings figures forecast goals numbers okrs planning profit report results revenue
          review roadmap sales targets
          """);

  private final Words words;
  private final LocalDate today;

  CalendarSeasons(Words words, LocalDate today) {
    this.words = words;
    this.today = today;
  }

  /** The season or quarter that begins with the word, or null. */
  @Nullable NamedTime at(int i) {
    Month season = CalendarWords.seasonBeginning(words.lower(i));
    if (season != null) {
      return of(i, i + 1, season, isLed(i));
    }
    if (words.is(i + 1, "quarter")) {
      return of(i, i + 2, quarterBeginning(CalendarWords.ordinal(words.lower(i))), false);
    }
    boolean sure = isLed(i) || TOLD_BY_QUARTER.contains(words.lower(i + 1));
    return of(i, i + 1, shortQuarter(words.lower(i)), sure && words.get(i).isCapitalized());
  }

  /**
   * @param sure whether it is one although no year is said
   */
  private @Nullable NamedTime of(int begin, int end, @Nullable Month beginning, boolean sure) {
    if (beginning == null) {
      return null;
    }
    int at = words.is(end, "of") ? end + 1 : end;
    int year = CalendarWords.yearAt(words, at);
    if (year > 0) {
      return threeMonths(begin, at + 1, LocalDate.of(year, beginning, 1));
    }
    if (!sure) {
      return null;
    }
    LocalDate latest = LocalDate.of(today.getYear(), beginning, 1);
    LocalDate from = latest.isAfter(today) ? latest.minusYears(1) : latest;
    return threeMonths(begin, end, from).asEveryYear();
  }

  private boolean isLed(int i) {
    return TimeLeads.isLed(words, i) || (words.is(i - 1, "the") && TimeLeads.isLed(words, i - 1));
  }

  private static @Nullable Month shortQuarter(String lower) {
    return lower.startsWith("q") ? quarterBeginning(Word.number(lower.substring(1), 1)) : null;
  }

  private static @Nullable Month quarterBeginning(int number) {
    return number < 1 || number > 4 ? null : Month.of(3 * number - 2);
  }

  private static NamedTime threeMonths(int begin, int end, LocalDate from) {
    return new NamedTime(begin, end, from, from.plusMonths(3), Grain.SEASON, false);
  }
}
