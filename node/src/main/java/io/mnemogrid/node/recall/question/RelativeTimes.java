package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times that are told from a day: yesterday, next week, last May, earlier this year, three months
 * ago, the day before.
 */
final class RelativeTimes {
  private static final Set<String> STRETCH_LEADS =
      Words.set("in within over during throughout for from");

  private static final Set<String> PARTS = Words.set("beginning start middle end rest");

  private final Words words;
  private final Anchors anchors;
  private final CountedTimes counted;
  private final Weekdays weekdays;
  private final UnitsFromNow units;
  private final LocalDate day;

  RelativeTimes(Words words, Anchors anchors) {
    this.words = words;
    this.anchors = anchors;
    this.counted = new CountedTimes(words, anchors);
    this.day = anchors.moment().toLocalDate();
    this.weekdays = new Weekdays(words, day);
    this.units = new UnitsFromNow(words, day);
  }

  /** The time that begins with the word, or null. */
  @Nullable NamedTime at(int i) {
    return switch (words.lower(i)) {
      case "today", "tonight", "yesterday", "tomorrow" -> NearDays.at(words, i, day);
      case "the" -> neighbor(i);
      case "last", "past", "previous" -> last(i);
      case "this" -> thisOne(i);
      case "next" -> next(i);
      case "earlier", "later" -> words.is(i + 1, "this") ? partOfThis(i) : null;
      case "over" -> words.is(i + 1, "the") ? weekend(i) : null;
      default -> {
        NamedTime weekday = weekdays.at(i);
        yield weekday == null ? counted.at(i) : weekday;
      }
    };
  }

  /** The day before yesterday, the week before, the day after, the week before last. */
  private @Nullable NamedTime neighbor(int i) {
    CalendarUnit unit = CalendarUnit.named(words.lower(i + 1));
    if (unit == null || unit.isPartOfDay() || words.lower(i + 1).endsWith("s")) {
      return null;
    }
    NamedTime second = isOfPresent(i) ? units.away(i, i + 1, 0, i + 2) : secondAway(i);
    if (second != null) {
      return second;
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

  /** In "by the end of the week" it is this week, but not in "the end of the week of the fair". */
  private boolean isOfPresent(int i) {
    boolean another =
        switch (words.lower(i + 2)) {
          case "of", "before", "after", "in" -> true;
          default -> false;
        };
    return !another && words.is(i - 1, "of") && PARTS.contains(words.lower(i - 2));
  }

  /** The week before last, the month after next. */
  private @Nullable NamedTime secondAway(int i) {
    if (isNamed(i + 4)) {
      return null; // the week before last Friday
    }
    if (words.is(i + 2, "before") && words.is(i + 3, "last")) {
      return words.is(i + 1, "night")
          ? NamedTime.day(i, i + 4, day.minusDays(2))
          : units.away(i, i + 1, -2, i + 4);
    }
    boolean afterNext = words.is(i + 2, "after") && words.is(i + 3, "next");
    return afterNext ? units.away(i, i + 1, 2, i + 4) : null;
  }

  private boolean isNamed(int i) {
    String lower = words.lower(i);
    return CalendarUnit.named(lower) != null
        || CalendarWords.isName(lower)
        || CalendarWords.seasonBeginning(lower) != null;
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

  /** Last week, last night, last Friday, last May, the past hour, the past three weeks. */
  private @Nullable NamedTime last(int i) {
    if (words.is(i + 2, "of") && !words.is(i + 1, "couple")) {
      return null; // the last week of the course
    }
    if (words.is(i + 1, "night")) {
      return NamedTime.day(i, i + 2, day.minusDays(1));
    }
    NamedTime found = isUpToNow(i) ? counted.stretchOfOne(i) : units.away(i, i + 1, -1, i + 2);
    if (found == null) {
      found = lastNamed(i);
    }
    return found == null ? counted.stretch(i) : found;
  }

  /**
   * "The past week" and "in the last week" end now, while "last week" ended on Sunday. At the last
   * minute and on the last day are no such times.
   */
  private boolean isUpToNow(int i) {
    CalendarUnit unit = CalendarUnit.named(words.lower(i + 1));
    if (unit == null || words.is(i + 1, "weekend")) {
      return false;
    }
    boolean the = words.is(i - 1, "the");
    return switch (words.lower(i)) {
      case "past" -> the || words.is(i - 1, "this") || unit.compareTo(CalendarUnit.WEEK) >= 0;
      case "last" -> the && STRETCH_LEADS.contains(words.lower(i - 2));
      default -> false;
    };
  }

  /** This week, this morning, this Friday, this summer, this May. */
  private @Nullable NamedTime thisOne(int i) {
    NamedTime weekday = weekdays.ofThisWeek(i, i + 1);
    if (weekday != null) {
      return weekday;
    }
    NamedTime months = monthsOfThisYear(i);
    if (months != null) {
      return months;
    }
    return switch (words.lower(i + 1)) {
      case "morning", "afternoon", "evening" -> NamedTime.day(i, i + 2, day);
      default -> units.away(i, i + 1, 0, i + 2);
    };
  }

  /** This summer, this May; not what this may do, or how this fall or this spring came about. */
  private @Nullable NamedTime monthsOfThisYear(int i) {
    String lower = words.lower(i + 1);
    Month month = CalendarWords.month(lower);
    if (month != null) {
      return words.get(i + 1).isCapitalized() ? ofThisYear(i, month, 1) : null;
    }
    Month season = CalendarWords.seasonBeginning(lower);
    if (season == null || lower.equals("fall") || lower.equals("spring")) {
      return null;
    }
    return ofThisYear(i, season, 3);
  }

  private NamedTime ofThisYear(int i, Month beginning, int months) {
    LocalDate from = day.withDayOfMonth(1).withMonth(beginning.getValue());
    LocalDate lastYears = from.minusYears(1);
    boolean lasts = lastYears.plusMonths(months).isAfter(day);
    return months(i, lasts ? lastYears : from, months);
  }

  private static NamedTime months(int i, LocalDate from, int months) {
    Grain grain = months == 1 ? Grain.MONTH : Grain.SEASON;
    return new NamedTime(i, i + 2, from, from.plusMonths(months), grain, false);
  }

  /** Next week, next Friday, the next three days. */
  private @Nullable NamedTime next(int i) {
    NamedTime weekday = weekdays.ofNextWeek(i, i + 1);
    NamedTime found = weekday == null ? units.away(i, i + 1, 1, i + 2) : weekday;
    return found == null ? counted.stretchAhead(i) : found;
  }

  /** Earlier this year, later this week. */
  private @Nullable NamedTime partOfThis(int i) {
    NamedTime whole = units.away(i, i + 2, 0, i + 3);
    if (whole == null) {
      return null;
    }
    boolean earlier = words.is(i, "earlier");
    LocalDate from = earlier ? whole.from() : Collections.max(List.of(whole.from(), day));
    LocalDate to = earlier ? Collections.min(List.of(whole.to(), day.plusDays(1))) : whole.to();
    return new NamedTime(i, i + 3, from, to, Grain.SPAN, false);
  }

  /** Over the weekend: the latest that has begun. */
  private @Nullable NamedTime weekend(int i) {
    boolean another =
        switch (words.lower(i + 3)) {
          case "before", "after", "of" -> true;
          default -> false;
        };
    if (another || !words.is(i + 2, "weekend")) {
      return null;
    }
    LocalDate saturday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SATURDAY));
    return new NamedTime(i, i + 3, saturday, saturday.plusDays(2), Grain.WEEK, false);
  }

  /** Last Friday, last May, last summer: the latest that is over. */
  private @Nullable NamedTime lastNamed(int i) {
    String lower = words.lower(i + 1);
    Month month = CalendarWords.month(lower);
    if (month != null) {
      return months(i, over(month, 1), 1);
    }
    Month season = CalendarWords.seasonBeginning(lower);
    return season == null ? weekdays.before(i, i + 1) : months(i, over(season, 3), 3);
  }

  private LocalDate over(Month beginning, int months) {
    LocalDate from = day.withDayOfMonth(1).withMonth(beginning.getValue());
    return from.plusMonths(months).isAfter(day) ? from.minusYears(1) : from;
  }
}
