package io.mnemogrid.node.recall.question;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A time that a question names.
 *
 * @param text as it stands in the question
 * @param from unix seconds, the first that is meant; {@link Long#MIN_VALUE} for no beginning
 * @param to unix seconds, the first that is not meant any more; {@link Long#MAX_VALUE} for no end
 * @param grain how exactly it is named
 * @param everyYear whether no year is named, so that the same days of any year may be meant; then
 *     {@code from} and {@code to} are those of the latest one that has begun
 */
public record TimeCue(String text, long from, long to, Grain grain, boolean everyYear) {

  /** How exactly a time is named. */
  public enum Grain {
    DAY,
    WEEK,
    MONTH,
    SEASON,
    YEAR,
    /** From one named time to another, or so many days back. */
    SPAN,
    /** Everything before or after a named time. */
    OPEN
  }

  public TimeCue {
    if (from >= to) {
      throw new IllegalArgumentException("a time must not end before it begins: " + text);
    }
  }

  /** The same days of another year, and of that one alone. */
  public TimeCue yearsLater(int years) {
    // The day before a leap day ends where that begins, which is no day in most years.
    long end = Math.max(moved(to, years), moved(to - 1, years) + 1);
    return new TimeCue(text, moved(from, years), end, grain, false);
  }

  private static long moved(long time, int years) {
    return Instant.ofEpochSecond(time).atOffset(ZoneOffset.UTC).plusYears(years).toEpochSecond();
  }

  /** The year in which it begins. */
  public int year() {
    return Instant.ofEpochSecond(from).atOffset(ZoneOffset.UTC).getYear();
  }
}
