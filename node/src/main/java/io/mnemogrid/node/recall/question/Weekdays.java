package io.mnemogrid.node.recall.question;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Days that are named by their place in the week: on Monday, since Monday, by Monday, next Monday.
 * Alone they are no times: there may be a meeting every Monday.
 */
final class Weekdays {
  private final Words words;
  private final LocalDate day;

  Weekdays(Words words, LocalDate day) {
    this.words = words;
    this.day = day;
  }

  /** The day that begins with the word, or null. */
  @Nullable NamedTime at(int i) {
    return switch (words.lower(i)) {
      case "on" -> before(i, i + 1);
      case "coming" -> named(i, i + 1, TemporalAdjusters::next);
      default -> bound(i);
    };
  }

  /** The latest one before this day. */
  @Nullable NamedTime before(int begin, int i) {
    return named(begin, i, TemporalAdjusters::previous);
  }

  @Nullable NamedTime ofThisWeek(int begin, int i) {
    return inWeek(begin, i, 0);
  }

  /** Not the one that comes next: that is of this week, and called so. */
  @Nullable NamedTime ofNextWeek(int begin, int i) {
    return inWeek(begin, i, 1);
  }

  private @Nullable NamedTime bound(int i) {
    boolean counted = CalendarUnit.named(words.lower(i - 2)) != null;
    return switch (words.lower(i - 1)) {
      case "since" -> before(i, i);
      // Two days before Monday are counted from a Monday that nobody knows.
      case "before", "after" -> counted ? null : before(i, i);
      // What is to be done by Monday is due on one that is still to come.
      case "until", "till", "by" -> named(i, i, TemporalAdjusters::nextOrSame);
      default -> null;
    };
  }

  private @Nullable NamedTime inWeek(int begin, int i, int weeksAway) {
    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    DayOfWeek weekday = CalendarWords.day(words.lower(i));
    return weekday == null
        ? null
        : NamedTime.day(begin, i + 1, monday.plusWeeks(weeksAway).with(weekday));
  }

  private @Nullable NamedTime named(int begin, int i, Function<DayOfWeek, TemporalAdjuster> which) {
    DayOfWeek weekday = CalendarWords.day(words.lower(i));
    return weekday == null ? null : NamedTime.day(begin, i + 1, day.with(which.apply(weekday)));
  }
}
