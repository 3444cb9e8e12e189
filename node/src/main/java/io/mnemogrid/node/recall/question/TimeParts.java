package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Parts of months, seasons and years that the words before them name: early May, the end of 2022,
 * the second half of June, the first week of May.
 */
final class TimeParts {
  private static final int THIRDS = 3;
  private static final int HALVES = 2;

  private final Words words;
  private final LocalDate today;

  TimeParts(Words words, LocalDate today) {
    this.words = words;
    this.today = today;
  }

  /** The part of the time that is named, or all of it. */
  NamedTime of(NamedTime time) {
    NamedTime part = isDivided(time.grain()) ? part(time) : null;
    if (part == null) {
      return time;
    }
    // Of July, which has begun, the end may have not.
    boolean ahead = part.everyYear() && part.from().isAfter(today);
    return ahead ? part.yearsLater(-1) : part;
  }

  private static boolean isDivided(Grain grain) {
    return switch (grain) {
      case MONTH, SEASON, YEAR -> true;
      case DAY, WEEK, SPAN, OPEN -> false;
    };
  }

  private @Nullable NamedTime part(NamedTime time) {
    int before = time.begin() - 1;
    NamedTime adjoining =
        switch (words.lower(before)) {
          case "early" -> divided(time, before, 1, THIRDS);
          case "mid" -> divided(time, before, 2, THIRDS);
          case "late" -> divided(time, before, 3, THIRDS);
          default -> null;
        };
    int at = words.is(before, "the") ? before - 1 : before;
    boolean of = words.is(at, "of");
    if (adjoining != null || !(of || words.is(at, "in"))) {
      return adjoining;
    }
    return switch (words.lower(at - 1)) {
      case "beginning", "start" -> of ? divided(time, at - 1, 1, THIRDS) : null;
      case "middle" -> of ? divided(time, at - 1, 2, THIRDS) : null;
      case "end" -> of ? divided(time, at - 1, 3, THIRDS) : null;
      case "half" -> half(time, at - 2);
      case "week" -> time.grain() == Grain.MONTH ? week(time, at - 2, of) : null;
      default -> null;
    };
  }

  private @Nullable NamedTime half(NamedTime time, int begin) {
    int number = CalendarWords.ordinal(words.lower(begin));
    return number == 1 || number == 2 ? divided(time, begin, number, HALVES) : null;
  }

  /**
   * @param of whether it is said to be of the month: something last week in May was last week
   */
  private @Nullable NamedTime week(NamedTime month, int begin, boolean of) {
    if (of && words.is(begin, "last")) {
      return within(month, begin, month.to().minusWeeks(1), month.to(), Grain.WEEK);
    }
    int number = CalendarWords.ordinal(words.lower(begin));
    return number < 0
        ? null
        : within(
            month,
            begin,
            month.from().plusWeeks(number - 1L),
            month.from().plusWeeks(number),
            Grain.WEEK);
  }

  private static NamedTime divided(NamedTime time, int begin, int number, int parts) {
    Grain grain = time.grain() == Grain.YEAR ? Grain.SEASON : Grain.SPAN;
    return within(
        time, begin, boundary(time, number - 1, parts), boundary(time, number, parts), grain);
  }

  /** Where so many of equal parts end: at the beginning of a month, if parts are whole months. */
  private static LocalDate boundary(NamedTime time, int number, int parts) {
    long months = ChronoUnit.MONTHS.between(time.from(), time.to());
    return months % parts == 0
        ? time.from().plusMonths(months * number / parts)
        : time.from().plusDays(ChronoUnit.DAYS.between(time.from(), time.to()) * number / parts);
  }

  private static NamedTime within(
      NamedTime time, int begin, LocalDate from, LocalDate to, Grain grain) {
    return new NamedTime(begin, time.end(), from, to, grain, time.everyYear());
  }
}
