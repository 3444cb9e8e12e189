package io.mnemogrid.node.embed;

import java.util.List;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;

/**
 * Puts a question and a text into one window with the special tokens of the model's {@link
 * Template}: {@code [CLS] question [SEP] text [SEP]} in the BERT family (Devlin et al., 2018,
 * section 3.1).
 *
 * <p>When they do not fit, the longer one is cut at its end until they do or both have half of the
 * room; the text gets what is odd.
 */
final class Pairs {
  private final Tokenizer tokenizer;
  private final Template.Pair around;
  private final int room;

  /**
   * @param maxTokens in a window, the special tokens included; enough for these and two more
   */
  Pairs(Tokenizer tokenizer, int maxTokens) {
    this.tokenizer = tokenizer;
    around = tokenizer.template().pair();
    room = maxTokens - around.length();
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
    IntArrayList ids = new IntArrayList(firstLength + secondLength + around.length());
    ids.addAll(around.head());
    addFirst(ids, first, firstLength);
    ids.addAll(around.middle());
    int begin = ids.size();
    addFirst(ids, second, secondLength);
    ids.addAll(around.tail());
    return new Tokens(ids.toArray(), around.hasTypes() ? begin : ids.size());
  }

  private static void addFirst(IntArrayList ids, int[] from, int length) {
    for (int i = 0; i < length; i++) {
      ids.add(from[i]);
    }
  }
}
