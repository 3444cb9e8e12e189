package io.mnemogrid.node.http;

import io.mnemogrid.node.model.IsoTime;
import java.util.OptionalLong;

/** Points in time as clients write them. */
final class Instants {
  private Instants() {}

  /** Unix seconds of an {@link IsoTime}, of which the second may be begun. */
  static OptionalLong unixSeconds(String iso) {
    IsoTime time = IsoTime.parse(iso);
    return time == null ? OptionalLong.empty() : OptionalLong.of(time.seconds());
  }
}
