package io.mnemogrid.node.http;

import io.mnemogrid.node.model.IsoTime;
import java.util.OptionalLong;

/** Points in time as clients write them. */
final class Instants {
  private static final int DAY_CHARS = "2026-01-31".length();
  private static final long SECONDS_A_DAY = 86_400;

  private Instants() {}

  /** Unix seconds of an {@link IsoTime}, of which the second may be begun. */
  static OptionalLong unixSeconds(String iso) {
    IsoTime time = IsoTime.parse(iso);
    return time == null ? OptionalLong.empty() : OptionalLong.of(time.seconds());
  }

  /** The same, but of a day without a time of day its last second. */
  static OptionalLong lastUnixSecond(String iso) {
    OptionalLong first = unixSeconds(iso);
    return isDay(iso) ? OptionalLong.of(first.orElseThrow() + SECONDS_A_DAY - 1) : first;
  }

  /** Whether it is a day without a time of day. */
  static boolean isDay(String iso) {
    return iso.length() == DAY_CHARS && unixSeconds(iso).isPresent();
  }
}
