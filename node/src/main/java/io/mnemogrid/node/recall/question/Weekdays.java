package io.mnemogrid.node.recall.question;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Days that are named by their place in the week: on Monday, since Monday, by Monday, next Monday,
 * Monday's. Alone they are no times: there may be a meeting every Monday.
 */
final class Weekdays {
  private static final Set<String> AHEAD =
      Words.set("am are do due does have is planned scheduled shall upcoming will");

  private static final Set<String> PAST =
      Words.set("been did done gone got had made met said seen sent told was went were wrote");

  private final Words words;
  private final LocalDate day;
  private final boolean isAhead;

  Weekdays(Words words, LocalDate day) {
    this.words = words;
    this.day = day;
    this.isAhead = isAhead(words);
  }

  /** Whether the question is about what is to come, and about nothing that was. */
  private static boolean isAhead(Words words) {
    return words.stream().map(Word::lower).anyMatch(AHEAD::contains)
        && words.stream().map(Word::lower).noneMatch(Weekdays::isOfThePast);
  }

  private static boolean isOfThePast(String lower) {
    return PAST.contains(lower) || (lower.endsWith("ed") && !AHEAD.contains(lower));
  }

  /** The day that begins with the word, or null. */
  @Nullable NamedTime at(int i) {
    return switch (words.lower(i)) {
      case "on" -> isAhead ? named(i, i + 1, TemporalAdjusters::next) : before(i, i + 1);
      case "coming" -> named(i, i + 1, TemporalAdjusters::next);
      default -> words.get(i).possessive() && !words.is(i - 1, "on") ? before(i, i) : bound(i);
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
