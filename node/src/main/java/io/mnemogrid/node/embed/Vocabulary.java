package io.mnemogrid.node.embed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The word pieces that a model knows, with their ids. Immutable.
 *
 * <p>Pieces that begin a word and pieces that go on with one ({@code ##ing} in the file) are looked
 * up apart, so that no prefix has to be pasted on while tokenizing.
 */
final class Vocabulary {
  static final int ABSENT = -1;
  private static final String CONTINUING = "##";

  private final Map<String, Integer> starts;
  private final Map<String, Integer> continuations;
  private final int longestPiece;
  private final int unknown;
  private final int open;
  private final int close;

  private Vocabulary(Map<String, Integer> ids) throws IOException {
    starts = HashMap.newHashMap(ids.size());
    continuations = HashMap.newHashMap(ids.size() / 4);
    int longest = 0;
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      String piece = entry.getKey();
      if (piece.startsWith(CONTINUING) && piece.length() > CONTINUING.length()) {
        continuations.put(piece.substring(CONTINUING.length()), entry.getValue());
      } else {
        starts.put(piece, entry.getValue());
      }
      longest = Math.max(longest, piece.length());
    }
    longestPiece = longest;
    unknown = special(ids, "[UNK]");
    open = special(ids, "[CLS]");
    close = special(ids, "[SEP]");
  }

  /** Reads {@code model.vocab} of a Hugging Face {@code tokenizer.json} of type WordPiece. */
  static Vocabulary read(InputStream in) throws IOException {
    Map<String, Integer> ids = new HashMap<>(1 << 16);
    boolean wordPiece = false;
    try (JsonParser json = new JsonFactory().createParser(in)) {
      requireObject(json.nextToken());
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean model = json.currentName().equals("model");
        JsonToken value = json.nextToken();
        if (!model) {
          json.skipChildren();
          continue;
        }
        requireObject(value);
        wordPiece = readModel(json, ids);
      }
    }
    if (!wordPiece || ids.isEmpty()) {
      throw new IOException("tokenizer.json: holds no model of type WordPiece with a vocabulary");
    }
    return new Vocabulary(ids);
  }

  private static boolean readModel(JsonParser json, Map<String, Integer> ids) throws IOException {
    boolean wordPiece = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "type" -> wordPiece = json.getText().equals("WordPiece");
        case "vocab" -> {
          requireObject(value);
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String piece = json.currentName();
            json.nextToken();
            ids.put(piece, json.getIntValue());
          }
        }
        default -> json.skipChildren();
      }
    }
    return wordPiece;
  }

  private static void requireObject(JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw new IOException("tokenizer.json: an object was expected, found " + token);
    }
  }

  private static int special(Map<String, Integer> ids, String piece) throws IOException {
    Integer id = ids.get(piece);
    if (id == null) {
      throw new IOException("tokenizer.json: the vocabulary lacks " + piece);
    }
    return id;
  }

  /** Id of a piece that begins a word, or {@link #ABSENT}. */
  int start(String piece) {
    return starts.getOrDefault(piece, ABSENT);
  }

  /** Id of a piece that goes on with a word, given without prefix, or {@link #ABSENT}. */
  int continuation(String piece) {
    return continuations.getOrDefault(piece, ABSENT);
  }

  /** Chars in the longest piece: a longer candidate need not be looked up. */
  int longestPiece() {
    return longestPiece;
  }

  int unknown() {
    return unknown;
  }

  /** The token every window begins with; the model's vector is read there. */
  int open() {
    return open;
  }

  /** The token every window ends with. */
  int close() {
    return close;
  }
}
