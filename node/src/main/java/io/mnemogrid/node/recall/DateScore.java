package io.mnemogrid.node.recall;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * How well the time of a memory fits the times that a question names: 1 for the very day, month or
 * span, less for what comes shortly after it, since people tell of a thing after it has happened.
 */
public final class DateScore {
  private static final long DAY = 86_400;

  private DateScore() {}

  /**
   * @param time unix seconds or {@link Candidate#NO_TIME}
   * @return 0..1: of the cue that fits best; 0 without any
   */
  public static double of(long time, List<TimeCue> cues) {
    if (time == Candidate.NO_TIME) {
      return 0;
    }
    double best = 0;
    for (TimeCue cue : cues) {
      best = Math.max(best, cue.everyYear() ? inAnyYear(time, cue) : in(time, cue));
    }
    return best;
  }

  private static double in(long time, TimeCue cue) {
    return score(time, cue.from(), cue.to(), cue);
  }

  /** The occurrence that the memory is in, or the one before it if that has just ended. */
  private static double inAnyYear(long time, TimeCue cue) {
    int year = date(time).getYear();
    double best = 0;
    for (int candidate = year - 1; candidate <= year + 1; candidate++) {
      int years = candidate - date(cue.from()).getYear();
      best = Math.max(best, score(time, shift(cue.from(), years), shift(cue.to(), years), cue));
    }
    return best;
  }

  private static double score(long time, long from, long to, TimeCue cue) {
    return switch (cue.grain()) {
      case DAY -> {
        if (time >= from - DAY && time < to + DAY) {
          yield 1;
        }
        if (time >= from && time < to + 8 * DAY) {
          yield 0.6;
        }
        yield sameMonth(time, from) ? 0.3 : 0;
      }
      case WEEK -> {
        if (time >= from - DAY && time < to + DAY) {
          yield 1;
        }
        yield time >= from && time < to + 8 * DAY ? 0.5 : 0;
      }
      case MONTH -> after(time, from, to, 1, 10, 0.4);
      case SEASON -> after(time, from, to, 0.4, 10, 0.2);
      case YEAR, OPEN -> after(time, from, to, 0.2, 0, 0);
      case SPAN -> after(time, from, to, ofSpan(to - from), 8, 0.4 * ofSpan(to - from));
    };
  }

  private static double ofSpan(long seconds) {
    if (seconds <= 45 * DAY) {
      return 1;
    }
    return seconds <= 200 * DAY ? 0.4 : 0.2;
  }

  private static double after(
      long time, long from, long to, double inside, int graceDays, double grace) {
    if (time >= from && time < to) {
      return inside;
    }
    return time >= to && time < to + graceDays * DAY ? grace : 0;
  }

  private static boolean sameMonth(long time, long other) {
    LocalDate one = date(time);
    LocalDate two = date(other);
    return one.getYear() == two.getYear() && one.getMonth() == two.getMonth();
  }

  private static LocalDate date(long time) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(time), ZoneOffset.UTC);
  }

  private static long shift(long time, int years) {
    return Instant.ofEpochSecond(time)
        .atOffset(ZoneOffset.UTC)
        .plus(years, ChronoUnit.YEARS)
        .toEpochSecond();
  }
}
