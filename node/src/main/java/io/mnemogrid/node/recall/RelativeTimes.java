package io.mnemogrid.node.recall;

import io.mnemogrid.node.recall.TimeCue.Grain;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Times that are counted from a day: yesterday, last week, three months ago, the day before. */
final class RelativeTimes {
  private static final Set<String> PAST = Set.of("last", "past", "previous");

  /** Further back than this, a number of units is not a time that anybody means. */
  private static final int NUMBER_DIGITS = 3;

  private final List<Word> words;
  private final LocalDate day;

  /**
   * @param day that is counted from
   */
  RelativeTimes(List<Word> words, LocalDate day) {
    this.words = words;
    this.day = day;
  }

  private enum Unit {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    YEAR
  }

  /** The time that begins with the word, or null. */
  @Nullable NamedTime at(int i) {
    return switch (word(i)) {
      case "today", "tonight" -> NamedTime.day(i, i + 1, day);
      case "yesterday" -> NamedTime.day(i, i + 1, day.minusDays(1));
      case "the" -> neighborDay(i);
      case "last", "past", "previous", "this" -> qualified(i);
      case "on" -> weekday(i, i + 1);
      default -> counted(i);
    };
  }

  /** The day before yesterday, the week before, the day after. */
  private @Nullable NamedTime neighborDay(int i) {
    Unit unit = unit(word(i + 1));
    if (unit == null || unit == Unit.HOUR || word(i + 1).endsWith("s")) {
      return null;
    }
    if (word(i + 2).equals("before")) {
      boolean yesterday = word(i + 3).equals("yesterday");
      if (yesterday && unit == Unit.DAY) {
        return NamedTime.day(i, i + 4, day.minusDays(2));
      }
      return span(i, i + 3, minus(day, unit, 1), day, unit);
    }
    if (word(i + 2).equals("after")) {
      return span(i, i + 3, day.plusDays(1), plus(day.plusDays(1), unit), unit);
    }
    return null;
  }

  private static NamedTime span(int begin, int end, LocalDate from, LocalDate to, Unit unit) {
    Grain grain =
        switch (unit) {
          case HOUR, DAY -> Grain.DAY;
          case WEEK -> Grain.WEEK;
          case MONTH -> Grain.MONTH;
          case YEAR -> Grain.YEAR;
        };
    return new NamedTime(begin, end, from, to, grain, false);
  }

  /** Last week, this month, last Friday, last May, the past three weeks. */
  private @Nullable NamedTime qualified(int i) {
    boolean past = PAST.contains(word(i));
    String next = word(i + 1);
    int back = past ? 1 : 0;
    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return switch (next) {
      case "night" -> past ? NamedTime.day(i, i + 2, day.minusDays(1)) : null;
      case "week" -> {
        LocalDate from = monday.minusWeeks(back);
        yield span(i, i + 2, from, from.plusWeeks(1), Unit.WEEK);
      }
      case "weekend" -> {
        LocalDate saturday = monday.plusDays(5).minusWeeks(back);
        yield span(i, i + 2, saturday, saturday.plusDays(2), Unit.WEEK);
      }
      case "month" -> {
        LocalDate from = day.withDayOfMonth(1).minusMonths(back);
        yield span(i, i + 2, from, from.plusMonths(1), Unit.MONTH);
      }
      case "year" -> {
        LocalDate from = day.withDayOfYear(1).minusYears(back);
        yield span(i, i + 2, from, from.plusYears(1), Unit.YEAR);
      }
      case "morning", "afternoon", "evening" -> past ? null : NamedTime.day(i, i + 2, day);
      default -> past ? recent(i) : null;
    };
  }

  /** Last Friday, last May, last summer: the latest that is over. Or the last three weeks. */
  private @Nullable NamedTime recent(int i) {
    Month month = CalendarWords.month(word(i + 1));
    if (month != null) {
      LocalDate from = over(month, 1);
      return span(i, i + 2, from, from.plusMonths(1), Unit.MONTH);
    }
    Month season = CalendarWords.seasonBeginning(word(i + 1));
    if (season != null) {
      LocalDate from = over(season, 3);
      return new NamedTime(i, i + 2, from, from.plusMonths(3), Grain.SEASON, false);
    }
    NamedTime weekday = weekday(i, i + 1);
    return weekday == null ? stretch(i) : weekday;
  }

  private LocalDate over(Month beginning, int months) {
    LocalDate from = day.withDayOfMonth(1).withMonth(beginning.getValue());
    return from.plusMonths(months).isAfter(day) ? from.minusYears(1) : from;
  }

  /** On Monday: the latest one before this day. */
  private @Nullable NamedTime weekday(int begin, int i) {
    DayOfWeek weekday = CalendarWords.day(word(i));
    return weekday == null
        ? null
        : NamedTime.day(begin, i + 1, day.with(TemporalAdjusters.previous(weekday)));
  }

  /** The last three weeks, the past few days. */
  private @Nullable NamedTime stretch(int i) {
    int count = count(i + 1);
    boolean few = isFew(word(i + 1));
    Unit unit = unit(word(i + 2));
    if (unit == null || !(few || count > 0)) {
      return null;
    }
    LocalDate from = minus(day, unit, few ? 5 : count);
    return new NamedTime(i, i + 3, from, day.plusDays(1), Grain.SPAN, false);
  }

  /** Three weeks ago, a couple of days ago, a few years back, two weeks before. */
  private @Nullable NamedTime counted(int i) {
    boolean article = word(i).equals("a");
    boolean few = isFew(word(article ? i + 1 : i));
    int at = article && few ? i + 1 : i;
    int unitAt = word(at + 1).equals("of") ? at + 2 : at + 1;
    Unit unit = unit(word(unitAt));
    int count = count(at);
    if (unit == null || !(few || count > 0)) {
      return null;
    }
    return switch (word(unitAt + 1)) {
      case "ago", "back", "earlier", "before" ->
          few ? fewAgo(i, unitAt + 2, unit) : ago(i, unitAt + 2, unit, count);
      default -> null;
    };
  }

  private NamedTime ago(int begin, int end, Unit unit, int count) {
    LocalDate then = minus(day, unit, count);
    return switch (unit) {
      case HOUR, DAY -> NamedTime.day(begin, end, then);
      case WEEK -> span(begin, end, then.minusDays(3), then.plusDays(4), unit);
      case MONTH -> {
        LocalDate first = then.withDayOfMonth(1);
        yield span(begin, end, first, first.plusMonths(1), unit);
      }
      case YEAR -> {
        LocalDate first = then.withDayOfYear(1);
        yield span(begin, end, first, first.plusYears(1), unit);
      }
    };
  }

  private NamedTime fewAgo(int begin, int end, Unit unit) {
    LocalDate from = minus(day, unit, 6);
    LocalDate to = minus(day, unit, 1);
    return unit == Unit.HOUR
        ? NamedTime.day(begin, end, day)
        : new NamedTime(begin, end, from, to, Grain.SPAN, false);
  }

  private static boolean isFew(String word) {
    return switch (word) {
      case "few", "couple", "several", "some" -> true;
      default -> false;
    };
  }

  private static @Nullable Unit unit(String word) {
    return switch (word) {
      case "hour", "hours" -> Unit.HOUR;
      case "day", "days", "night", "nights" -> Unit.DAY;
      case "week", "weeks", "weekend", "weekends" -> Unit.WEEK;
      case "month", "months" -> Unit.MONTH;
      case "year", "years" -> Unit.YEAR;
      default -> null;
    };
  }

  private static LocalDate minus(LocalDate day, Unit unit, int count) {
    return switch (unit) {
      case HOUR -> day;
      case DAY -> day.minusDays(count);
      case WEEK -> day.minusWeeks(count);
      case MONTH -> day.minusMonths(count);
      case YEAR -> day.minusYears(count);
    };
  }

  private static LocalDate plus(LocalDate day, Unit unit) {
    return minus(day, unit, -1);
  }

  private int count(int i) {
    int spelled = CalendarWords.number(word(i));
    return spelled > 0 || i >= words.size() ? spelled : words.get(i).number(NUMBER_DIGITS);
  }

  private String word(int i) {
    return i >= 0 && i < words.size() ? words.get(i).lower() : "";
  }
}
