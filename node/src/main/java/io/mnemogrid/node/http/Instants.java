package io.mnemogrid.node.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** Points in time as clients write them. */
final class Instants {
  private Instants() {}

  /** Unix seconds of an ISO-8601 date or time, in UTC where it names no zone. */
  static OptionalLong unixSeconds(String iso) {
    try {
      if (iso.indexOf('T') < 0 && iso.indexOf(' ') < 0) {
        return OptionalLong.of(LocalDate.parse(iso).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
      }
      String time = iso.replace(' ', 'T');
      int zone = Math.max(time.indexOf('Z'), Math.max(time.indexOf('+'), time.lastIndexOf('-')));
      return OptionalLong.of(
          zone > time.indexOf('T')
              ? OffsetDateTime.parse(time).toEpochSecond()
              : LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }
}
