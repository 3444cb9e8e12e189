package io.mnemogrid.node.config;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as an operator writes them: {@code 4194304}, {@code 4MiB}, {@code 2 GiB}. */
final class Sizes {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}) ?([a-zA-Z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "b", 1L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "tb", 1_000_000_000_000L);

  private Sizes() {}

  static OptionalLong parse(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return OptionalLong.empty();
    }
    Long unit = UNITS.get(size.group(2).toLowerCase(Locale.ROOT));
    long count = Long.parseLong(size.group(1));
    return unit == null || count > Long.MAX_VALUE / unit
        ? OptionalLong.empty()
        : OptionalLong.of(count * unit);
  }
}
