package io.mnemogrid.node.model;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A point in time as ISO 8601 writes it: {@code 2026-01-31}, the beginning of that day, or {@code
 * 2026-01-31T12:00}, with a space in the place of the T if so wished, then if wished {@code :30},
 * then if wished {@code .25} (1 to 9 digits), then a zone ({@code Z}, {@code +02:00}, {@code +0200}
 * or {@code +02}) or none for UTC. {@code 24:00} is the end of the day.
 *
 * @param seconds since 1970, UTC
 * @param nanos of the second begun, 0..999,999,999
 */
public record IsoTime(long seconds, int nanos) implements Comparable<IsoTime> {
  private static final int DATE_CHARS = 10;
  private static final int MINUTES_END = 16;
  private static final int SECONDS_END = 19;
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int SECONDS_A_DAY = 86_400;
  private static final int LAST_HOUR = 24;
  private static final long SECONDS_A_MINUTE = 60;
  private static final long SECONDS_AN_HOUR = 3_600;
  private static final long MAX_ZONE_SECONDS = 18 * SECONDS_AN_HOUR;
  private static final long NONE = Long.MIN_VALUE;

  /** The time, or null if the text is none. */
  public static @Nullable IsoTime parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** The same of the UTF-8 in {@code bytes} from one place to before another. */
  public static @Nullable IsoTime parse(byte[] bytes, int from, int to) {
    if (to - from < DATE_CHARS || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
      return null;
    }
    int year = number(bytes, from, 4, 9_999);
    int month = number(bytes, from + 5, 2, 12);
    int day = number(bytes, from + 8, 2, 31);
    if (year < 0 || month < 1 || day < 1) {
      return null;
    }
    long midnight;
    try {
      midnight = LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY;
    } catch (DateTimeException _) {
      return null; // February the 30th
    }
    return to - from == DATE_CHARS
        ? new IsoTime(midnight, 0)
        : timeOfDay(midnight, bytes, from, to);
  }

  private static @Nullable IsoTime timeOfDay(long midnight, byte[] bytes, int from, int to) {
    byte between = bytes[from + DATE_CHARS];
    if (to - from < MINUTES_END
        || (between != 'T' && between != ' ')
        || bytes[from + DATE_CHARS + 3] != ':') {
      return null;
    }
    int hour = number(bytes, from + DATE_CHARS + 1, 2, LAST_HOUR);
    int minute = number(bytes, from + DATE_CHARS + 4, 2, 59);
    int second = 0;
    int nanos = 0;
    int at = from + MINUTES_END;
    if (to - from >= SECONDS_END && bytes[at] == ':') {
      second = number(bytes, at + 1, 2, 59);
      at = from + SECONDS_END;
      if (at < to && bytes[at] == '.') {
        int end = digitsEnd(bytes, at + 1, Math.min(to, at + 1 + MAX_FRACTION_DIGITS));
        nanos = fraction(bytes, at + 1, end);
        at = end;
      }
    }
    long zone = zone(bytes, at, to);
    if (hour < 0 || minute < 0 || second < 0 || nanos < 0 || zone == NONE) {
      return null;
    }
    long ofDay = hour * SECONDS_AN_HOUR + minute * SECONDS_A_MINUTE + second;
    if (hour == LAST_HOUR && (ofDay > SECONDS_A_DAY || nanos > 0)) {
      return null;
    }
    return new IsoTime(midnight + ofDay - zone, nanos);
  }

  /** Seconds that the zone is ahead of UTC, or {@link #NONE} if it is not one. */
  private static long zone(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0 || (length == 1 && bytes[from] == 'Z')) {
      return 0;
    }
    boolean colon = length == 6 && bytes[from + 3] == ':';
    if ((bytes[from] != '+' && bytes[from] != '-') || !(length == 3 || length == 5 || colon)) {
      return NONE;
    }
    int hours = number(bytes, from + 1, 2, 18);
    int minutes = length == 3 ? 0 : number(bytes, to - 2, 2, 59);
    long seconds = hours * SECONDS_AN_HOUR + minutes * SECONDS_A_MINUTE;
    if (hours < 0 || minutes < 0 || seconds > MAX_ZONE_SECONDS) {
      return NONE;
    }
    return bytes[from] == '+' ? seconds : -seconds;
  }

  /** The number that so many digits write, or -1 if they are others or it is over {@code most}. */
  private static int number(byte[] bytes, int from, int digits, int most) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number <= most ? number : -1;
  }

  private static int digitsEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private static int fraction(byte[] bytes, int from, int to) {
    int nanos = from == to ? -1 : number(bytes, from, to - from, Integer.MAX_VALUE);
    for (int i = to - from; i < MAX_FRACTION_DIGITS; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  @Override
  public int compareTo(IsoTime other) {
    int bySeconds = Long.compare(seconds, other.seconds);
    return bySeconds != 0 ? bySeconds : Integer.compare(nanos, other.nanos);
  }
}
