package io.mnemogrid.node.memory;

import java.util.HashMap;
import java.util.Map;

/** Texts and numbers of JSON as values of Java. The JSON must be valid. */
final class PlainJson {
  private PlainJson() {}

  /** The fields of a JSON object that are texts or numbers, by their names. */
  static Map<String, Object> fields(String json) {
    Map<String, Object> fields = new HashMap<>();
    OrderedJson.fields(json)
        .forEach((name, spelled) -> {
          char first = spelled.charAt(0);
          if (first == '"') {
            fields.put(text(name), text(spelled));
          } else if (first == '-' || (first >= '0' && first <= '9')) {
            fields.put(text(name), number(spelled));
          }
        });
    return fields;
  }

  private static Number number(String spelled) {
    try {
      return Long.valueOf(spelled);
    } catch (NumberFormatException _) {
      return Double.valueOf(spelled);
    }
  }

  private static String text(String spelled) {
    StringBuilder text = new StringBuilder(spelled.length());
    int end = spelled.length() - 1;
    int at = 1;
    while (at < end) {
      char c = spelled.charAt(at++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = spelled.charAt(at++);
      if (escaped == 'u') {
        text.append((char) Integer.parseInt(spelled, at, at + 4, 16));
        at += 4;
      } else {
        text.append(unescaped(escaped));
      }
    }
    return text.toString();
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }
}
