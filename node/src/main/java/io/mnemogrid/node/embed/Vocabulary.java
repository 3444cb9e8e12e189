package io.mnemogrid.node.embed;

import java.io.IOException;
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
  static final String CONTINUING = "##";
  static final String UNKNOWN = "[UNK]";

  private final Map<String, Integer> starts;
  private final Map<String, Integer> continuations;
  private final int longestPiece;
  private final int unknown;

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
    Integer required = ids.get(UNKNOWN);
    if (required == null) {
      throw TokenizerFile.wrong("the vocabulary lacks " + UNKNOWN);
    }
    longestPiece = longest;
    unknown = required;
  }

  /**
   * @param ids of the pieces as the model's file spells them
   * @throws IOException when that of unknown words is missing
   */
  static Vocabulary of(Map<String, Integer> ids) throws IOException {
    return new Vocabulary(ids);
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
}
