package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import io.mnemogrid.node.recall.question.Word.Gap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Times that are named by the calendar: 8 May 2023, 2023-05-08, in May, in summer, in 2021. */
final class CalendarTimes {
  /** What stands before a day of a month, and hardly before a count. */
  private static final Set<String> DAY_LEADS =
      Words.set("after before by from on since till until");

  private final Words words;
  private final LocalDate today;
  private final LoneMonths lone;
  private final DayRanges days;
  private final CalendarSeasons seasons;
  private final CalendarYears years;

  CalendarTimes(Words words, LocalDate today) {
    this.words = words;
    this.today = today;
    this.lone = new LoneMonths(words);
    this.days = new DayRanges(words, today);
    this.seasons = new CalendarSeasons(words, today);
    this.years = new CalendarYears(words);
  }

  /** The time that begins with the word, the longest reading of it, or null. */
  @Nullable NamedTime at(int i) {
    NamedTime found = inDigits(i);
    if (found == null) {
      found = days.at(i);
    }
    if (found == null) {
      found = dayAndMonth(i);
    }
    if (found == null) {
      found = monthAndDay(i);
    }
    if (found == null) {
      found = month(i);
    }
    if (found == null) {
      found = seasons.at(i);
    }
    return found == null ? years.at(i) : found;
  }

  /** 2023-05-08, 2023/5/8, 25/12/2023 where it can be read in one way only, 5.12.2023, 2023-05. */
  private @Nullable NamedTime inDigits(int i) {
    Gap gap = words.gap(i + 1);
    if (!joins(gap) || isEndOfCode(i)) {
      return null;
    }
    boolean three = words.gap(i + 2) == gap;
    if (words.get(i).isDigits(4)) {
      if (three) {
        return date(
            i, i + 3, CalendarWords.year(words.get(i)), number(i + 1), dayBeforeTime(i + 2));
      }
      boolean monthOnly = gap == Gap.HYPHEN && words.get(i + 1).isDigits(2);
      return monthOnly ? monthOf(i, i + 2, number(i + 1), CalendarWords.year(words.get(i))) : null;
    }
    if (!three || !words.get(i + 2).isDigits(4)) {
      return null;
    }
    int one = number(i);
    int two = number(i + 1);
    int year = CalendarWords.year(words.get(i + 2));
    if (gap != Gap.DOT && (one == two || two > 12)) {
      return date(i, i + 3, year, one, two);
    }
    // With dots the day comes first wherever dates are written with them.
    return gap == Gap.DOT || one > 12 ? date(i, i + 3, year, two, one) : null;
  }

  private static boolean joins(Gap gap) {
    return gap == Gap.HYPHEN || gap == Gap.SLASH || gap == Gap.DOT;
  }

  /** INV-2023-11 is no month. */
  private boolean isEndOfCode(int i) {
    return i > 0 && joins(words.gap(i)) && !Character.isDigit(words.lower(i - 1).charAt(0));
  }

  /** The day in 2023-05-08 or in 2023-05-08T13:56. */
  private int dayBeforeTime(int i) {
    String lower = words.lower(i);
    int time = lower.indexOf('t');
    boolean timed = time == 2 && lower.length() > 3 && Character.isDigit(lower.charAt(3));
    return timed ? Word.number(lower.substring(0, time), 2) : number(i);
  }

  /** 8 May, the 8th of May, 8 May 2023. */
  private @Nullable NamedTime dayAndMonth(int i) {
    int day = number(i);
    int at = words.is(i + 1, "of") ? i + 2 : i + 1;
    Month month = monthAt(at, Gap.SPACE);
    if (day < 1 || month == null || (i > 0 && joins(words.gap(i)))) {
      return null;
    }
    // "Phase 2 may be delayed", but "the 2nd may" and "2 may 2023" are nothing else.
    boolean sure =
        !CalendarWords.isAlsoVerb(words.lower(at))
            || words.get(at).isCapitalized()
            || at == i + 2
            || !words.get(i).isDigits(words.lower(i).length())
            || DAY_LEADS.contains(words.lower(i - 1))
            || CalendarWords.yearAt(words, at + 1) > 0;
    return sure ? dated(i, at + 1, month, day) : null;
  }

  /** May 8, May the 8th, May 8th, 2023. */
  private @Nullable NamedTime monthAndDay(int i) {
    Month month = CalendarWords.month(words.lower(i));
    int at = words.is(i + 1, "the") ? i + 2 : i + 1;
    int day = words.gap(at) == Gap.SPACE ? number(at) : -1;
    if (day < 1 || month == null) {
      return null;
    }
    // "They march 5 miles", but "Sep 11" and "March 5, 2023" are nothing else.
    boolean sure =
        !CalendarWords.isAlsoVerb(words.lower(i))
            || CalendarWords.yearAt(words, at + 1) > 0
            || DAY_LEADS.contains(words.lower(i - 1))
            || lone.isOne(i);
    return sure ? dated(i, at + 1, month, day) : null;
  }

  private @Nullable NamedTime dated(int begin, int end, Month month, int day) {
    int year = CalendarWords.yearAt(words, end);
    if (year > 0) {
      return date(begin, end + 1, year, month.getValue(), day);
    }
    if (day > month.maxLength()) {
      return null;
    }
    int thisYear = today.getYear();
    LocalDate latest = clamped(thisYear, month, day);
    LocalDate from = latest.isAfter(today) ? clamped(thisYear - 1, month, day) : latest;
    return NamedTime.day(begin, end, from).asEveryYear();
  }

  private static LocalDate clamped(int year, Month month, int day) {
    LocalDate first = LocalDate.of(year, month, 1);
    return first.withDayOfMonth(Math.min(day, first.lengthOfMonth()));
  }

  /** May 2023, May of 2023, in May. */
  private @Nullable NamedTime month(int i) {
    Word word = words.get(i);
    Month month = CalendarWords.month(word.lower());
    if (month == null || isBesideDay(i)) {
      return null;
    }
    int at = words.is(i + 1, "of") ? i + 2 : i + 1;
    int year = CalendarWords.yearAt(words, at);
    if (year > 0) {
      return monthOf(i, at + 1, month.getValue(), year);
    }
    if (!lone.isOne(i) || words.is(i - 1, "next")) {
      return null;
    }
    LocalDate latest = LocalDate.of(today.getYear(), month, 1);
    LocalDate from = latest.isAfter(today) ? latest.minusYears(1) : latest;
    return new NamedTime(i, i + 1, from, from.plusMonths(1), Grain.MONTH, true);
  }

  /** The 31st of June is no day, and then June is not meant either. */
  private boolean isBesideDay(int i) {
    int before = words.is(i - 1, "of") ? i - 2 : i - 1;
    int after = words.is(i + 1, "the") ? i + 2 : i + 1;
    return (isDay(before) && words.gap(i) == Gap.SPACE)
        || (isDay(after) && words.gap(after) == Gap.SPACE);
  }

  private boolean isDay(int i) {
    int number = number(i);
    return number > 0 && number <= 31;
  }

  private static @Nullable NamedTime monthOf(int begin, int end, int month, int year) {
    if (month < 1 || month > 12 || year < 0) {
      return null;
    }
    LocalDate from = LocalDate.of(year, month, 1);
    return new NamedTime(begin, end, from, from.plusMonths(1), Grain.MONTH, false);
  }

  private static @Nullable NamedTime date(int begin, int end, int year, int month, int day) {
    if (year < 0) {
      return null;
    }
    try {
      return NamedTime.day(begin, end, LocalDate.of(year, month, day));
    } catch (DateTimeException e) {
      return null; // the 31st of June is no day
    }
  }

  private int number(int i) {
    return words.number(i, 2);
  }

  private @Nullable Month monthAt(int i, Gap gap) {
    return words.gap(i) == gap ? CalendarWords.month(words.lower(i)) : null;
  }
}
