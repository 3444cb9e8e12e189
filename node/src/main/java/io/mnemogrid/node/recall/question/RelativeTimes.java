package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * Times that are told from a day: yesterday, next week, last May, three months ago, the day before.
 */
final class RelativeTimes {
  private final Words words;
  private final Anchors anchors;
  private final CountedTimes counted;
  private final LocalDate day;

  RelativeTimes(Words words, Anchors anchors) {
    this.words = words;
    this.anchors = anchors;
    this.counted = new CountedTimes(words, anchors);
    this.day = anchors.moment().toLocalDate();
  }

  /** The time that begins with the word, or null. */
  @Nullable NamedTime at(int i) {
    return switch (words.lower(i)) {
      case "today", "tonight" -> NamedTime.day(i, i + 1, day);
      case "yesterday" -> NamedTime.day(i, i + 1, day.minusDays(1));
      case "tomorrow" -> NamedTime.day(i, i + 1, day.plusDays(1));
      case "the" -> neighbor(i);
      case "last", "past", "previous" -> last(i);
      case "this" -> thisOne(i);
      case "next" -> unitsAway(i, 1);
      case "on" -> weekday(i, i + 1);
      default -> words.is(i - 1, "since") && isWeekday(i) ? weekday(i, i) : counted.at(i);
    };
  }

  /** The day before yesterday, the week before, the day after. */
  private @Nullable NamedTime neighbor(int i) {
    CalendarUnit unit = CalendarUnit.named(words.lower(i + 1));
    if (unit == null || unit.isPartOfDay() || words.lower(i + 1).endsWith("s")) {
      return null;
    }
    return switch (words.lower(i + 2)) {
      case "before" ->
          unit == CalendarUnit.DAY && words.is(i + 3, "yesterday")
              ? NamedTime.day(i, i + 4, day.minusDays(2))
              : beside(i, unit, -1);
      case "after" ->
          unit == CalendarUnit.DAY && words.is(i + 3, "tomorrow")
              ? NamedTime.day(i, i + 4, day.plusDays(2))
              : beside(i, unit, 1);
      default -> null;
    };
  }

  private @Nullable NamedTime beside(int i, CalendarUnit unit, int away) {
    NamedTime date = anchors.before(i + 3, unit);
    if (date == null) {
      return null;
    }
    LocalDate from = away < 0 ? unit.after(date.from(), away) : date.to();
    LocalDate to = away < 0 ? date.from() : unit.after(date.to(), away);
    return new NamedTime(i, i + 3, from, to, unit.grain(), date.everyYear());
  }

  /** Last week, last night, last Friday, last May, the past three weeks. */
  private @Nullable NamedTime last(int i) {
    if (words.is(i + 1, "night")) {
      return NamedTime.day(i, i + 2, day.minusDays(1));
    }
    NamedTime found = unitsAway(i, -1);
    if (found == null) {
      found = lastNamed(i);
    }
    return found == null ? counted.stretch(i) : found;
  }

  /** This week, this morning, this Friday. */
  private @Nullable NamedTime thisOne(int i) {
    DayOfWeek weekday = CalendarWords.day(words.lower(i + 1));
    if (weekday != null) {
      return NamedTime.day(i, i + 2, monday().with(TemporalAdjusters.nextOrSame(weekday)));
    }
    return switch (words.lower(i + 1)) {
      case "morning", "afternoon", "evening" -> NamedTime.day(i, i + 2, day);
      default -> unitsAway(i, 0);
    };
  }

  /** The week, weekend, month or year so many away from the present one. */
  private @Nullable NamedTime unitsAway(int i, int away) {
    return switch (words.lower(i + 1)) {
      case "week" -> {
        LocalDate from = monday().plusWeeks(away);
        yield new NamedTime(i, i + 2, from, from.plusWeeks(1), Grain.WEEK, false);
      }
      case "weekend" -> {
        LocalDate saturday = monday().plusDays(5).plusWeeks(away);
        yield new NamedTime(i, i + 2, saturday, saturday.plusDays(2), Grain.WEEK, false);
      }
      case "month" -> {
        LocalDate from = day.withDayOfMonth(1).plusMonths(away);
        yield new NamedTime(i, i + 2, from, from.plusMonths(1), Grain.MONTH, false);
      }
      case "year" -> {
        LocalDate from = day.withDayOfYear(1).plusYears(away);
        yield new NamedTime(i, i + 2, from, from.plusYears(1), Grain.YEAR, false);
      }
      default -> null;
    };
  }

  private LocalDate monday() {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  /** Last Friday, last May, last summer: the latest that is over. */
  private @Nullable NamedTime lastNamed(int i) {
    Month month = CalendarWords.month(words.lower(i + 1));
    if (month != null) {
      LocalDate from = over(month, 1);
      return new NamedTime(i, i + 2, from, from.plusMonths(1), Grain.MONTH, false);
    }
    Month season = CalendarWords.seasonBeginning(words.lower(i + 1));
    if (season != null) {
      LocalDate from = over(season, 3);
      return new NamedTime(i, i + 2, from, from.plusMonths(3), Grain.SEASON, false);
    }
    return weekday(i, i + 1);
  }

  private LocalDate over(Month beginning, int months) {
    LocalDate from = day.withDayOfMonth(1).withMonth(beginning.getValue());
    return from.plusMonths(months).isAfter(day) ? from.minusYears(1) : from;
  }

  /** On Monday: the latest one before this day. */
  private @Nullable NamedTime weekday(int begin, int i) {
    DayOfWeek weekday = CalendarWords.day(words.lower(i));
    return weekday == null
        ? null
        : NamedTime.day(begin, i + 1, day.with(TemporalAdjusters.previous(weekday)));
  }

  private boolean isWeekday(int i) {
    return CalendarWords.day(words.lower(i)) != null;
  }
}
