package io.mnemogrid.node.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a client's value is shown in a message: short, on one line, without control characters. */
final class Shown {
  private static final int VALUE_CHARS = 48;

  private Shown() {}

  static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> {
        String shown = '"' + text(text, VALUE_CHARS) + '"';
        yield text.length() <= VALUE_CHARS
            ? shown
            : "%s (%d bytes)".formatted(shown, utf8Bytes(text));
      }
      case List<?> items -> "an array of %d items".formatted(items.size());
      case Map<?, ?> fields -> "an object of %d fields".formatted(fields.size());
      default -> text(value.toString(), VALUE_CHARS);
    };
  }

  static String text(String text, int maxChars) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < maxChars; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return text.length() > maxChars ? shown.append('…').toString() : shown.toString();
  }

  static int utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
