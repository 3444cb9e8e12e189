package io.mnemogrid.node.embed;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The special tokens that a model wants around a text, and around two: {@code [CLS] … [SEP]} and
 * {@code [CLS] … [SEP] … [SEP]} with BERT, {@code <s> … </s>} and {@code <s> … </s></s> … </s>}
 * with RoBERTa. Arrays are not to be changed.
 *
 * @param head before a text
 * @param tail after a text
 */
record Template(int[] head, int[] tail, Pair pair) {
  private static final int[] NOTHING = {};
  static final Template NONE =
      new Template(NOTHING, NOTHING, new Pair(NOTHING, NOTHING, NOTHING, false));

  /**
   * What is around two texts.
   *
   * @param head before the first
   * @param middle between them
   * @param tail after the second
   * @param hasTypes whether the second and what follows it are of the token type 1; the rest is 0
   */
  record Pair(int[] head, int[] middle, int[] tail, boolean hasTypes) {
    int length() {
      return head.length + middle.length + tail.length;
    }
  }

  static Template bert(int open, int close) {
    int[] head = {open};
    int[] tail = {close};
    return new Template(head, tail, new Pair(head, tail, tail, true));
  }

  static Template roberta(int open, int close) {
    int[] head = {open};
    int[] tail = {close};
    return new Template(head, tail, new Pair(head, new int[] {close, close}, tail, false));
  }

  /** Special tokens around one text. */
  int length() {
    return head.length + tail.length;
  }

  /** Each special token, once or more. */
  IntStream tokens() {
    return Stream.of(head, tail, pair.head, pair.middle, pair.tail).flatMapToInt(Arrays::stream);
  }
}
