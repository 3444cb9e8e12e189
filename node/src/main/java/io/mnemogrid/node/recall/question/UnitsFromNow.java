package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/** Whole weeks, weekends, months, quarters and years of the calendar, told from the present one. */
final class UnitsFromNow {
  private final Words words;
  private final LocalDate day;

  UnitsFromNow(Words words, LocalDate day) {
    this.words = words;
    this.day = day;
  }

  /**
   * The unit so many away from the present one, or null.
   *
   * @param begin the first of the words that name it
   * @param unitAt the one that is the unit
   * @param end behind the last of them
   */
  @Nullable NamedTime away(int begin, int unitAt, int away, int end) {
    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return switch (words.lower(unitAt)) {
      case "week" -> {
        LocalDate from = monday.plusWeeks(away);
        yield new NamedTime(begin, end, from, from.plusWeeks(1), Grain.WEEK, false);
      }
      case "weekend" -> {
        LocalDate saturday = monday.plusDays(5).plusWeeks(away);
        yield new NamedTime(begin, end, saturday, saturday.plusDays(2), Grain.WEEK, false);
      }
      case "month" -> {
        LocalDate from = day.withDayOfMonth(1).plusMonths(away);
        yield new NamedTime(begin, end, from, from.plusMonths(1), Grain.MONTH, false);
      }
      case "quarter" -> isOfGame(begin, end) ? null : quarter(begin, away, end);
      case "year" -> {
        LocalDate from = day.withDayOfYear(1).plusYears(away);
        yield new NamedTime(begin, end, from, from.plusYears(1), Grain.YEAR, false);
      }
      default -> null;
    };
  }

  private NamedTime quarter(int begin, int away, int end) {
    LocalDate first = day.withDayOfMonth(1).with(day.getMonth().firstMonthOfQuarter());
    LocalDate from = first.plusMonths(3L * away);
    return new NamedTime(begin, end, from, from.plusMonths(3), Grain.SEASON, false);
  }

  /** Games have quarters too: the last quarter, this quarter of the match. */
  private boolean isOfGame(int begin, int end) {
    return words.is(begin - 1, "the") || words.is(end, "of");
  }
}
