package io.mnemogrid.node.embed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Hugging Face {@code tokenizer.json}. It must describe the tokenizer of the BERT family,
 * which is the one that {@link WordPiece} is; anything else is refused, since a model that reads
 * other tokens than it was trained on answers with vectors that mean nothing.
 *
 * <p>Truncation and padding that the file asks for are not used: how much is read at once is said
 * beside the model.
 */
final class TokenizerFile {
  private static final int PIECES_MAX = 1_000_000;

  private final JsonParser json;
  private final Map<String, Integer> ids = new HashMap<>(1 << 16);
  private @Nullable String modelType;
  private @Nullable String normalizerType;
  private @Nullable String preTokenizerType;
  private boolean lowerCase = true;
  private @Nullable Boolean stripsAccents;

  private TokenizerFile(JsonParser json) {
    this.json = json;
  }

  /**
   * @throws IOException when it is no such file; the message says what is the matter
   */
  static WordPiece read(InputStream in) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(in)) {
      return new TokenizerFile(json).tokenizer();
    } catch (JsonProcessingException e) {
      throw wrong("is not JSON: " + e.getOriginalMessage());
    }
  }

  private WordPiece tokenizer() throws IOException {
    requireObject("the file", json.nextToken());
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String section = json.currentName();
      JsonToken value = json.nextToken();
      boolean read =
          section.equals("model")
              || section.equals("normalizer")
              || section.equals("pre_tokenizer");
      if (!read || value == JsonToken.VALUE_NULL) {
        json.skipChildren();
        continue;
      }
      requireObject(section, value);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (section) {
          case "model" -> modelField(field);
          case "normalizer" -> normalizerField(field);
          default -> preTokenizerField(field);
        }
      }
    }
    requireBert();
    return new WordPiece(Vocabulary.of(ids), lowerCase);
  }

  private void modelField(String field) throws IOException {
    switch (field) {
      case "type" -> modelType = json.getText();
      case "unk_token" -> require("model.unk_token", "[UNK]");
      case "continuing_subword_prefix" ->
          require("model.continuing_subword_prefix", Vocabulary.CONTINUING);
      case "max_input_chars_per_word" ->
          require(
              "model.max_input_chars_per_word", Integer.toString(WordPiece.WORD_CODE_POINTS_MAX));
      case "vocab" -> vocabulary();
      default -> json.skipChildren();
    }
  }

  private void vocabulary() throws IOException {
    requireObject("model.vocab", json.currentToken());
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String piece = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_NUMBER_INT || json.getIntValue() < 0) {
        throw wrong("the id of a piece must be a number from 0 up, was " + json.getText());
      }
      ids.put(piece, json.getIntValue());
      if (ids.size() > PIECES_MAX) {
        throw wrong("the vocabulary has more than %d pieces".formatted(PIECES_MAX));
      }
    }
  }

  private void normalizerField(String field) throws IOException {
    switch (field) {
      case "type" -> normalizerType = json.getText();
      case "lowercase" -> lowerCase = json.getBooleanValue();
      case "strip_accents" ->
          stripsAccents =
              json.currentToken() == JsonToken.VALUE_NULL
                  ? null
                  : Boolean.valueOf(json.getBooleanValue());
      case "clean_text", "handle_chinese_chars" -> require("normalizer." + field, "true");
      default -> json.skipChildren();
    }
  }

  private void preTokenizerField(String field) throws IOException {
    if (field.equals("type")) {
      preTokenizerType = json.getText();
    } else {
      json.skipChildren();
    }
  }

  private void requireBert() throws IOException {
    require("model.type", "WordPiece", modelType);
    require("normalizer.type", "BertNormalizer", normalizerType);
    require("pre_tokenizer.type", "BertPreTokenizer", preTokenizerType);
    if (stripsAccents != null && stripsAccents != lowerCase) {
      require("normalizer.strip_accents", lowerCase + " or null", stripsAccents.toString());
    }
    if (ids.isEmpty()) {
      throw wrong("the model has no vocabulary");
    }
  }

  private void require(String field, String wanted) throws IOException {
    require(field, wanted, json.getText());
  }

  private static void require(String field, String wanted, @Nullable String found)
      throws IOException {
    if (!wanted.equals(found)) {
      throw wrong(
          "%s must be %s, was %s; only WordPiece tokenizers of the BERT family can be used"
              .formatted(field, wanted, found == null ? "missing" : found));
    }
  }

  private static void requireObject(String what, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw wrong("%s must be a JSON object, found %s".formatted(what, token));
    }
  }

  static IOException wrong(String problem) {
    return new IOException("tokenizer.json: " + problem);
  }
}
