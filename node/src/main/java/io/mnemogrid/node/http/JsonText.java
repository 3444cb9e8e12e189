package io.mnemogrid.node.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from a stranger: strict UTF-8, at most {@value #MAX_DEPTH} levels (refused while
 * reading, before anything is built), no doubled names, only finite numbers, whole characters.
 *
 * <p>Values are {@link Map} in the order of the text, {@link List}, {@link String}, {@link
 * Boolean}, {@link Long} or {@link java.math.BigInteger} for whole numbers, {@link Double} for all
 * others, and null.
 */
final class JsonText {
  static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_CHARS = 400;
  private static final int MAX_NAME_CHARS = 1_024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxNameLength(MAX_NAME_CHARS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private JsonText() {}

  /**
   * Reads one JSON value.
   *
   * @throws RequestRefused if it is not one, saying where
   */
  static @Nullable Object parse(byte[] utf8) {
    CharBuffer text = decode(utf8);
    try (JsonParser parser =
        FACTORY.createParser(text.array(), text.arrayOffset(), text.remaining())) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw malformed("there is more after the end of the JSON value", parser.currentLocation());
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw overLimit(e);
    } catch (JsonParseException e) {
      throw malformed(reason(e), e.getLocation());
    } catch (IOException e) {
      throw malformed("it ends too early", null);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> string(parser);
      case VALUE_NUMBER_INT ->
          parser.getNumberValue() instanceof Integer small
              ? Long.valueOf(small)
              : parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> finite(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw malformed("a value is missing", parser.currentLocation());
      case null -> throw malformed("it is empty or ends too early", parser.currentLocation());
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = whole(parser.currentName(), parser);
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private static String string(JsonParser parser) throws IOException {
    return whole(parser.getText(), parser);
  }

  /** A half of a surrogate pair, as an escape can spell it, has no form in UTF-8. */
  private static String whole(String text, JsonParser parser) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw malformed("a text holds half of a surrogate pair", parser.currentLocation());
        }
        i++;
      }
    }
    return text;
  }

  private static Double finite(JsonParser parser) throws IOException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw malformed("a number is too large; numbers must be finite", parser.currentLocation());
    }
    return number;
  }

  private static CharBuffer decode(byte[] utf8) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    CharBuffer chars = CharBuffer.allocate(utf8.length);
    CoderResult result = decoder.decode(bytes, chars, true);
    if (result.isError()) {
      throw new RequestRefused(
          Problem.invalid(
              "the body is not UTF-8",
              "byte %d is not part of a character".formatted(bytes.position())));
    }
    try {
      if (!result.isUnderflow()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("UTF-8 never has more characters than bytes", e);
    }
    return chars.flip();
  }

  private static RequestRefused overLimit(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    String what =
        message.contains("nesting depth")
            ? "it is nested deeper than %d levels".formatted(MAX_DEPTH)
            : message.contains("Name")
                ? "a field's name is longer than %d characters".formatted(MAX_NAME_CHARS)
                : "a number is longer than %d characters".formatted(MAX_NUMBER_CHARS);
    return malformed(what, e.getLocation());
  }

  /** Not the parser's own message, which speaks of its classes and settings. */
  private static String reason(JsonParseException e) {
    if (e instanceof JsonEOFException) {
      return "it ends too early";
    }
    return e.getOriginalMessage().startsWith("Duplicate field")
        ? "an object has two fields of the same name"
        : "a character stands where JSON has none of its kind";
  }

  private static RequestRefused malformed(String what, @Nullable JsonLocation where) {
    String at =
        where == null
            ? ""
            : " (line %d, column %d)".formatted(where.getLineNr(), where.getColumnNr());
    return new RequestRefused(Problem.invalid("the body is not valid JSON", what + at));
  }
}
