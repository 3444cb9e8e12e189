package io.mnemogrid.node.recall;

import io.mnemogrid.node.recall.question.TimeCue;
import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * How well the time of a memory fits the times that a question names: 1 for the very day, month or
 * span, less for what comes shortly after it, since people tell of a thing after it has happened,
 * and little for a year, which fits too many.
 */
public final class DateScore {
  private static final long DAY = 86_400;
  private static final int YEARS_BACK = 5;
  private static final double SAME_MONTH_AS_DAY = 0.3;

  /** A span up to this long is as good as a month. */
  private static final long SHORT_SPAN = 45 * DAY;

  /** A span up to this long is as good as a season. */
  private static final long MIDDLE_SPAN = 200 * DAY;

  /**
   * What a place in or near a named time is worth.
   *
   * @param slackDays on both sides of it that count as inside
   * @param laterDays behind it that count as shortly after
   */
  private record Fit(double inside, int slackDays, double later, int laterDays) {
    private static final Fit DAY = new Fit(1, 1, 0.6, 8);
    private static final Fit WEEK = new Fit(1, 1, 0.5, 8);
    private static final Fit MONTH = new Fit(1, 0, 0.4, 10);
    private static final Fit SEASON = new Fit(0.4, 0, 0.2, 10);
    private static final Fit YEAR = new Fit(0.2, 0, 0, 0);

    static Fit of(TimeCue cue) {
      return switch (cue.grain()) {
        case DAY -> DAY;
        case WEEK -> WEEK;
        case MONTH -> MONTH;
        case SEASON -> SEASON;
        case YEAR, OPEN -> YEAR;
        case SPAN -> ofSpan(cue.to() - cue.from());
      };
    }

    private static Fit ofSpan(long seconds) {
      if (seconds <= SHORT_SPAN) {
        return MONTH;
      }
      return seconds <= MIDDLE_SPAN ? SEASON : YEAR;
    }
  }

  private DateScore() {}

  /**
   * @param time unix seconds or {@link Candidate#NO_TIME}
   * @return 0..1: of the cue that fits best; 0 without any
   */
  public static double of(long time, List<TimeCue> cues) {
    double best = 0;
    if (time != Candidate.NO_TIME) {
      for (TimeCue cue : cues) {
        best = Math.max(best, cue.everyYear() ? inAnyYear(time, cue) : in(time, cue));
      }
    }
    return best;
  }

  /** What a memory is worth that names such a time, whenever it was written. */
  static double ofNamed(List<TimeCue> cues) {
    return cues.stream().mapToDouble(cue -> Fit.of(cue).inside()).max().orElse(0);
  }

  /**
   * Times of which {@link #of} says that they fit.
   *
   * @param from unix seconds, inclusive
   * @param to unix seconds, exclusive
   */
  record Span(long from, long to) {}

  /**
   * All such spans, but for the rest of a month in which a day is named.
   *
   * @param now unix seconds; days of any year are those of the last {@value #YEARS_BACK} and of the
   *     next
   */
  static List<Span> spans(List<TimeCue> cues, long now) {
    List<Span> spans = new ArrayList<>();
    for (TimeCue cue : cues) {
      if (cue.everyYear()) {
        int latest = date(now).getYear() - cue.year();
        for (int back = -1; back < YEARS_BACK; back++) {
          spans.add(span(cue.yearsLater(latest - back)));
        }
      } else {
        spans.add(span(cue));
      }
    }
    return spans;
  }

  private static Span span(TimeCue cue) {
    Fit fit = Fit.of(cue);
    long before = fit.slackDays() * DAY;
    long after = Math.max(fit.slackDays(), fit.laterDays()) * DAY;
    long from = cue.from() < Long.MIN_VALUE + before ? Long.MIN_VALUE : cue.from() - before;
    long to = cue.to() > Long.MAX_VALUE - after ? Long.MAX_VALUE : cue.to() + after;
    return new Span(from, to);
  }

  /** With the times of the years around the memory's, one of which it is nearest to. */
  private static double inAnyYear(long time, TimeCue cue) {
    int years = date(time).getYear() - cue.year();
    double best = 0;
    for (int shift = years - 1; shift <= years + 1; shift++) {
      best = Math.max(best, in(time, cue.yearsLater(shift)));
    }
    return best;
  }

  private static double in(long time, TimeCue cue) {
    Fit fit = Fit.of(cue);
    long slack = fit.slackDays() * DAY;
    if (time >= cue.from() - slack && time < cue.to() + slack) {
      return fit.inside();
    }
    if (time >= cue.to() && time < cue.to() + fit.laterDays() * DAY) {
      return fit.later();
    }
    boolean near = cue.grain() == Grain.DAY && month(time).equals(month(noon(cue)));
    return near ? SAME_MONTH_AS_DAY : 0;
  }

  /** A moment that is on the same day in every zone near that of the question. */
  private static long noon(TimeCue cue) {
    return cue.from() + (cue.to() - cue.from()) / 2;
  }

  private static YearMonth month(long time) {
    return YearMonth.from(date(time));
  }

  private static LocalDate date(long time) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(time), ZoneOffset.UTC);
  }
}
