package io.mnemogrid.node.embed;

import java.util.Arrays;

/**
 * Makes text into ids of a model's vocabulary. Safe for any thread, until it is closed; then it
 * must not be used any more.
 */
sealed interface Tokenizer extends AutoCloseable permits WordPiece, HuggingFaceTokenizer {
  /**
   * Ids of all of the text's tokens, without special tokens; empty when there is nothing to say. A
   * text cannot say special tokens by their spelling.
   */
  int[] encode(String text);

  /**
   * The first ids of a text. Of a text that is cut within a word without end, the last of them may
   * be others than those of {@link #encode(String)}.
   *
   * @param limit ids wanted at most
   */
  default int[] encode(String text, int limit) {
    int[] ids = encode(text);
    return ids.length <= limit ? ids : Arrays.copyOf(ids, limit);
  }

  /** What the model wants around texts. */
  Template template();

  /** The token that shorter windows of a run are filled up with. */
  int padding();

  /** Gives back what is outside the heap. */
  @Override
  void close();
}
