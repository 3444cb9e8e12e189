package io.mnemogrid.node.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON with the keys of its objects in order, so that texts of the same value are equal. They must
 * be valid and spelled by one writer: the spelling of texts and numbers is compared as it is.
 */
final class OrderedJson {
  private final String json;
  private int at;

  private OrderedJson(String json) {
    this.json = json;
  }

  static String of(String json) {
    return new OrderedJson(json).value();
  }

  /** The fields of a JSON object, names and values as they are spelled. */
  static Map<String, String> fields(String json) {
    OrderedJson object = new OrderedJson(json);
    object.peek();
    return object.fields();
  }

  private String value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> text();
      default -> word();
    };
  }

  private String object() {
    List<String> spelled = new ArrayList<>();
    fields().forEach((name, value) -> spelled.add(name + ":" + value));
    return "{" + String.join(",", spelled) + "}";
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new TreeMap<>();
    at++;
    while (peek() != '}') {
      String name = text();
      peek();
      at++; // the colon
      fields.put(name, value());
      skipComma();
    }
    at++;
    return fields;
  }

  private String array() {
    List<String> items = new ArrayList<>();
    at++;
    while (peek() != ']') {
      items.add(value());
      skipComma();
    }
    at++;
    return "[" + String.join(",", items) + "]";
  }

  private String text() {
    int begin = at++;
    while (json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return json.substring(begin, ++at);
  }

  /** A number, or true, false or null. */
  private String word() {
    int begin = at;
    while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    return json.substring(begin, at);
  }

  private void skipComma() {
    if (peek() == ',') {
      at++;
      peek();
    }
  }

  /** What comes after spaces. */
  private char peek() {
    while (Character.isWhitespace(json.charAt(at))) {
      at++;
    }
    return json.charAt(at);
  }
}
