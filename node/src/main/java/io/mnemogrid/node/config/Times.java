package io.mnemogrid.node.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as an operator writes them: {@code 1500ms}, {@code 3s}, {@code 10m}, {@code 24h}. */
final class Times {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,12}) ?(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Times() {}

  static Optional<Duration> parse(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return Optional.empty();
    }
    Duration unit = UNITS.getOrDefault(time.group(2), Duration.ZERO);
    return Optional.of(unit.multipliedBy(Long.parseLong(time.group(1))));
  }

  /** The shortest text that parses to the same time, down to milliseconds. */
  static String text(Duration time) {
    long ms = time.toMillis();
    if (ms == 0 || ms % 1_000 != 0) {
      return ms + "ms";
    }
    long s = ms / 1_000;
    if (s % 60 != 0) {
      return s + "s";
    }
    long m = s / 60;
    if (m % 60 != 0) {
      return m + "m";
    }
    long h = m / 60;
    return h % 24 == 0 ? h / 24 + "d" : h + "h";
  }

  static boolean within(Duration time, Duration min, Duration max) {
    return time.compareTo(min) >= 0 && time.compareTo(max) <= 0;
  }

  static boolean wholeSeconds(Duration time, long min, long max) {
    return time.equals(Duration.ofSeconds(time.toSeconds()))
        && time.toSeconds() >= min
        && time.toSeconds() <= max;
  }
}
