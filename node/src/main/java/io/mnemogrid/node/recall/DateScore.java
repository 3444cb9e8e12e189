package io.mnemogrid.node.recall;

import io.mnemogrid.node.recall.question.TimeCue;
import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  /** Where a question asks for nothing but a time, of what is not in it; else all of it. */
  private static final double OUTSIDE_OF_ALL_THAT_IS_ASKED = 0.4;

  /**
   * What a place in or near a named time is worth.
   *
   * @param beside it by at most {@code slackDays}, on both sides, as zones differ
   * @param later behind it by at most {@code laterDays}
   */
  private record Fit(double inside, double beside, int slackDays, double later, int laterDays) {
    private static final Fit DAY = new Fit(1, 0.8, 1, 0.6, 8);
    private static final Fit WEEK = new Fit(1, 0.8, 1, 0.5, 8);
    private static final Fit MONTH = new Fit(1, 0, 0, 0.4, 10);
    private static final Fit SEASON = new Fit(0.4, 0, 0, 0.2, 10);
    private static final Fit YEAR = new Fit(0.2, 0, 0, 0, 0);

    /** What is told of a time is told after it, so that nothing before can be meant. */
    private static final Fit SINCE = new Fit(1, 0, 0, 0, 0);

    static Fit of(TimeCue cue) {
      return switch (cue.grain()) {
        case DAY -> DAY;
        case WEEK -> WEEK;
        case MONTH -> MONTH;
        case SEASON -> SEASON;
        case YEAR -> YEAR;
        case OPEN -> cue.to() == Long.MAX_VALUE ? SINCE : YEAR;
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

  /**
   * The same for a question that asks for these times and for nothing else: whatever is in one of
   * them fits, and better than anything that is not, however near.
   */
  static double ofAllThatIsAsked(long time, List<TimeCue> cues) {
    boolean inside =
        time != Candidate.NO_TIME && cues.stream().anyMatch(cue -> isInside(time, cue));
    return inside ? 1 : OUTSIDE_OF_ALL_THAT_IS_ASKED * of(time, cues);
  }

  private static boolean isInside(long time, TimeCue cue) {
    return cue.everyYear()
        ? nearest(time, cue).anyMatch(moved -> moved.from() <= time && time < moved.to())
        : cue.from() <= time && time < cue.to();
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
    return meant(cues, now).map(DateScore::span).toList();
  }

  /** Those without what only is near them. */
  static List<Span> exactSpans(List<TimeCue> cues, long now) {
    return meant(cues, now).map(cue -> new Span(cue.from(), cue.to())).toList();
  }

  private static Stream<TimeCue> meant(List<TimeCue> cues, long now) {
    return cues.stream()
        .flatMap(cue -> {
          if (!cue.everyYear()) {
            return Stream.of(cue); // its ends may be no times that have a year
          }
          int latest = date(now).getYear() - cue.year();
          return IntStream.range(-1, YEARS_BACK).mapToObj(back -> cue.yearsLater(latest - back));
        });
  }

  private static Span span(TimeCue cue) {
    Fit fit = Fit.of(cue);
    long before = fit.slackDays() * DAY;
    long after = Math.max(fit.slackDays(), fit.laterDays()) * DAY;
    long from = cue.from() < Long.MIN_VALUE + before ? Long.MIN_VALUE : cue.from() - before;
    long to = cue.to() > Long.MAX_VALUE - after ? Long.MAX_VALUE : cue.to() + after;
    return new Span(from, to);
  }

  private static double inAnyYear(long time, TimeCue cue) {
    return nearest(time, cue).mapToDouble(moved -> in(time, moved)).max().orElse(0);
  }

  /** The times of the years around the memory's, one of which it is nearest to. */
  private static Stream<TimeCue> nearest(long time, TimeCue cue) {
    int years = date(time).getYear() - cue.year();
    return IntStream.rangeClosed(years - 1, years + 1).mapToObj(cue::yearsLater);
  }

  private static double in(long time, TimeCue cue) {
    Fit fit = Fit.of(cue);
    long slack = fit.slackDays() * DAY;
    if (time >= cue.from() && time < cue.to()) {
      return fit.inside();
    }
    if (time >= cue.from() - slack && time < cue.to() + slack) {
      return fit.beside();
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
