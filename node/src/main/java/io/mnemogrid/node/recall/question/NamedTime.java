package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A stretch of days that some words of a question name.
 *
 * @param begin the first of the words
 * @param end behind the last of them
 * @param from the first day
 * @param to the day after the last one
 */
record NamedTime(int begin, int end, LocalDate from, LocalDate to, Grain grain, boolean everyYear) {

  static NamedTime day(int begin, int end, LocalDate day) {
    return new NamedTime(begin, end, day, day.plusDays(1), Grain.DAY, false);
  }

  /** Whether it is one day of one year. */
  boolean isOneDay() {
    return grain == Grain.DAY && !everyYear;
  }

  NamedTime asEveryYear() {
    return new NamedTime(begin, end, from, to, grain, true);
  }

  /** The same days of one year. */
  NamedTime inYear(int year) {
    NamedTime there = yearsLater(year - from.getYear());
    return new NamedTime(begin, end, there.from, there.to, grain, false);
  }

  /** The same, named by those words. */
  NamedTime spanning(int firstWord, int behindLast) {
    return new NamedTime(firstWord, behindLast, from, to, grain, everyYear);
  }

  NamedTime yearsLater(int years) {
    // The day before a leap day ends where that begins, which is no day in most years.
    LocalDate end = to.minusDays(1).plusYears(years).plusDays(1);
    return new NamedTime(begin, this.end, from.plusYears(years), end, grain, everyYear);
  }

  TimeCue cue(Words words, ZoneId zone) {
    return new TimeCue(
        text(words),
        from.atStartOfDay(zone).toEpochSecond(),
        to.atStartOfDay(zone).toEpochSecond(),
        grain,
        everyYear);
  }

  String text(Words words) {
    return words.text(begin, end);
  }
}
