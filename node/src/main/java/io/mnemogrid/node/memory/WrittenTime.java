package io.mnemogrid.node.memory;

import io.mnemogrid.node.recall.QuestionCues;
import io.mnemogrid.node.recall.TimeCue;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** A time as people and programs write it into metadata. */
public final class WrittenTime {
  private static final int MOST_CHARS = 64;

  /** Smaller numbers are something else: as seconds they would be before April 1973. */
  private static final long LEAST_SECONDS = 100_000_000L;

  /** Larger numbers are milliseconds: as seconds they would be after the year 5000. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private static final long MILLIS = 1_000;

  private WrittenTime() {}

  /**
   * Unix seconds of a number.
   *
   * @param value seconds or milliseconds since 1970, or anything else
   */
  public static OptionalLong of(long value) {
    long seconds = value > MOST_SECONDS ? value / MILLIS : value;
    return seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS
        ? OptionalLong.of(seconds)
        : OptionalLong.empty();
  }

  /** Unix seconds of the first second of a day named in English, as in "1:56 pm on 8 May, 2023". */
  public static OptionalLong of(String text, InstantSource clock) {
    if (text.length() > MOST_CHARS) {
      return OptionalLong.empty();
    }
    // A sentence that begins with "May" may say what somebody may do.
    return QuestionCues.of("on " + text, clock.instant().atZone(ZoneOffset.UTC)).times().stream()
        .filter(time -> time.grain() == TimeCue.Grain.DAY && !time.everyYear())
        .mapToLong(TimeCue::from)
        .findFirst();
  }
}
