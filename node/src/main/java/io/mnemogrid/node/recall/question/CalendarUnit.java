package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** What times are counted in. */
enum CalendarUnit {
  MINUTE,
  HOUR,
  DAY,
  HALF_WEEK,
  WEEK,
  FORTNIGHT,
  HALF_MONTH,
  MONTH,
  YEAR;

  private static final long HALF_WEEK_HOURS = 84;
  private static final long HALF_MONTH_DAYS = 15;

  static @Nullable CalendarUnit named(String lower) {
    return switch (lower) {
      case "minute", "minutes", "min", "mins" -> MINUTE;
      case "hour", "hours", "hr", "hrs" -> HOUR;
      case "day", "days", "night", "nights" -> DAY;
      case "week", "weeks", "wk", "wks", "weekend", "weekends" -> WEEK;
      case "fortnight", "fortnights" -> FORTNIGHT;
      case "month", "months" -> MONTH;
      case "year", "years", "yr", "yrs" -> YEAR;
      default -> null;
    };
  }

  /** The unit that is joined to its number, as in 24h. */
  static @Nullable CalendarUnit joined(String lower) {
    return switch (lower) {
      case "h" -> HOUR;
      case "d" -> DAY;
      case "w" -> WEEK;
      case "mo", "mos" -> MONTH;
      case "y" -> YEAR;
      default -> named(lower);
    };
  }

  boolean isPartOfDay() {
    return this == MINUTE || this == HOUR;
  }

  /** How exactly a time is named that is counted in this unit. */
  Grain grain() {
    return switch (this) {
      case MINUTE, HOUR, DAY -> Grain.DAY;
      case HALF_WEEK, WEEK, FORTNIGHT, HALF_MONTH -> Grain.WEEK;
      case MONTH -> Grain.MONTH;
      case YEAR -> Grain.YEAR;
    };
  }

  LocalDateTime after(LocalDateTime moment, int count) {
    return switch (this) {
      case MINUTE -> moment.plusMinutes(count);
      case HOUR -> moment.plusHours(count);
      case DAY -> moment.plusDays(count);
      case HALF_WEEK -> moment.plusHours(HALF_WEEK_HOURS * count);
      case WEEK -> moment.plusWeeks(count);
      case FORTNIGHT -> moment.plusWeeks(2L * count);
      case HALF_MONTH -> moment.plusMonths(count / 2).plusDays(HALF_MONTH_DAYS * (count % 2));
      case MONTH -> moment.plusMonths(count);
      case YEAR -> moment.plusYears(count);
    };
  }

  LocalDate after(LocalDate day, int count) {
    return after(day.atStartOfDay(), count).toLocalDate();
  }
}
