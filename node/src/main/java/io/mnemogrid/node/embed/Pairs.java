package io.mnemogrid.node.embed;

import java.util.List;

/**
 * Puts a question and a text into one window, {@code [CLS] question [SEP] text [SEP]}, as the BERT
 * family reads two sentences (Devlin et al., 2018, section 3.1).
 *
 * <p>When they do not fit, the longer one is cut at its end until they do or both have half of the
 * room; the text gets what is odd.
 */
final class Pairs {
  private static final int SPECIAL = 3;

  private final WordPiece tokenizer;
  private final int room;

  /**
   * @param maxTokens in a window, the special tokens included; enough for these and two more
   */
  Pairs(WordPiece tokenizer, int maxTokens) {
    this.tokenizer = tokenizer;
    room = maxTokens - SPECIAL;
  }

  Cut pair(String question, String text) {
    // One token more than can be used tells whether something is left out.
    int[] first = tokenizer.encode(question, room + 1);
    int[] second = tokenizer.encode(text, room + 1);
    if (first.length + second.length <= room) {
      return new Cut(List.of(join(first, first.length, second, second.length)), true);
    }
    int half = room / 2;
    int firstLength = first.length <= half ? first.length : Math.max(half, room - second.length);
    return new Cut(List.of(join(first, firstLength, second, room - firstLength)), false);
  }

  private Tokens join(int[] first, int firstLength, int[] second, int secondLength) {
    Vocabulary vocabulary = tokenizer.vocabulary();
    int[] ids = new int[firstLength + secondLength + SPECIAL];
    ids[0] = vocabulary.open();
    System.arraycopy(first, 0, ids, 1, firstLength);
    ids[firstLength + 1] = vocabulary.close();
    System.arraycopy(second, 0, ids, firstLength + 2, secondLength);
    ids[ids.length - 1] = vocabulary.close();
    return new Tokens(ids, firstLength + 2);
  }
}
