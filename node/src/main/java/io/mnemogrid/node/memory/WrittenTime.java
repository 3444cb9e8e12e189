package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.IsoTime;
import io.mnemogrid.node.recall.question.QuestionCues;
import io.mnemogrid.node.recall.question.TimeCue;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A time as people and programs write it into metadata. */
public final class WrittenTime {
  private static final int MOST_CHARS = 64;

  /** Smaller numbers are something else: as seconds they would be before April 1973. */
  private static final long LEAST_SECONDS = 100_000_000L;

  /** Larger numbers count parts of a second: as seconds they would be after the year 5000. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  private static final long THOUSAND = 1_000;
  private static final Pattern NUMBER = Pattern.compile("\\d{9,19}(\\.\\d{1,9})?");
  private static final Pattern DAY = Pattern.compile("\\d{8}");

  private WrittenTime() {}

  /**
   * Unix seconds of a value of JSON.
   *
   * @param value a number or a text that is a time, or anything else
   */
  public static OptionalLong of(@Nullable Object value, InstantSource clock) {
    return switch (value) {
      case Integer number -> of(number.longValue());
      case Long number -> of(number.longValue());
      case Number number -> of((long) number.doubleValue());
      case String text -> of(text, clock);
      case null, default -> OptionalLong.empty();
    };
  }

  /**
   * Unix seconds of a number.
   *
   * @param value seconds, milliseconds, microseconds or nanoseconds since 1970, or anything else
   */
  public static OptionalLong of(long value) {
    if (value == Long.MAX_VALUE) {
      return OptionalLong.empty(); // "for ever", or a number that is larger still
    }
    long seconds = value;
    while (seconds > MOST_SECONDS) {
      seconds /= THOUSAND;
    }
    return seconds >= LEAST_SECONDS ? OptionalLong.of(seconds) : OptionalLong.empty();
  }

  /**
   * Unix seconds of a text: a number, a time in ISO 8601, or the first second of days of a year
   * that are named in English, as in "1:56 pm on 8 May, 2023" or "May 2023".
   */
  public static OptionalLong of(String text, InstantSource clock) {
    if (text.length() > MOST_CHARS) {
      return OptionalLong.empty();
    }
    if (NUMBER.matcher(text).matches()) {
      return of((long) Double.parseDouble(text));
    }
    IsoTime time = IsoTime.parse(DAY.matcher(text).matches() ? hyphenated(text) : text);
    return time == null ? inEnglish(text, clock) : OptionalLong.of(time.seconds());
  }

  /** 20230508 as 2023-05-08. */
  private static String hyphenated(String day) {
    return day.substring(0, 4) + "-" + day.substring(4, 6) + "-" + day.substring(6);
  }

  private static OptionalLong inEnglish(String text, InstantSource clock) {
    // A sentence that begins with "May" may say what somebody may do.
    List<TimeCue> times =
        QuestionCues.of("on " + text, clock.instant().atZone(ZoneOffset.UTC)).times().stream()
            .filter(time -> !time.everyYear())
            .toList();
    return Stream.concat(
            times.stream().filter(time -> time.grain() == TimeCue.Grain.DAY),
            times.stream().filter(WrittenTime::beginsInNamedYear))
        .mapToLong(TimeCue::from)
        .findFirst();
  }

  /** "May 2023" and "5-7 May 2023" have a first day, "last month" is of none that is said. */
  private static boolean beginsInNamedYear(TimeCue time) {
    boolean bounded = time.grain() == TimeCue.Grain.MONTH || time.grain() == TimeCue.Grain.SPAN;
    int year = bounded ? Instant.ofEpochSecond(time.from()).atZone(ZoneOffset.UTC).getYear() : 0;
    return bounded && time.text().contains(Integer.toString(year));
  }
}
