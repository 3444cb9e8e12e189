package io.mnemogrid.perf.recall;

import java.util.Arrays;
import java.util.Locale;

/** How much of what is known of a text the client sends. */
enum Setting {
  /** Everything: for a turn of a conversation its session, time and metadata. */
  FULL,
  /** The text alone. */
  BARE;

  /**
   * @throws IllegalArgumentException if there is no such setting
   */
  static Setting named(String name) {
    return Arrays.stream(values())
        .filter(setting -> setting.label().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown setting " + name));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
