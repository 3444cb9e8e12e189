package io.mnemogrid.node.lexical;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A document as numbers: its length, then the numbers of its terms, ascending. A term that occurs
 * more than once is followed by its count, negated.
 */
final class DocumentLayout {
  private static final int LENGTH = 0;
  static final int FIRST_TERM = 1;

  private DocumentLayout() {}

  /**
   * Packs the terms of a document.
   *
   * @param entries made by {@link #entry}, no term twice; the first ones are sorted by this call
   * @param size how many of them count, at least one
   */
  static int[] pack(long[] entries, int size) {
    Arrays.sort(entries, 0, size);
    int counted = 0;
    int length = 0;
    for (int i = 0; i < size; i++) {
      counted += count(entries[i]) > 1 ? 1 : 0;
      length += count(entries[i]);
    }
    int[] document = new int[FIRST_TERM + size + counted];
    document[LENGTH] = length;
    int at = FIRST_TERM;
    for (int i = 0; i < size; i++) {
      document[at++] = term(entries[i]);
      if (count(entries[i]) > 1) {
        document[at++] = -count(entries[i]);
      }
    }
    return document;
  }

  /** A term and its count in one word, ordered by terms. */
  static long entry(int term, int count) {
    return (long) term << Integer.SIZE | count;
  }

  static int term(long entry) {
    return (int) (entry >>> Integer.SIZE);
  }

  static int count(long entry) {
    return (int) entry;
  }

  static int length(int[] document) {
    return document[LENGTH];
  }

  /** How many distinct terms there are. */
  static int terms(int[] document) {
    int terms = 0;
    for (int at = FIRST_TERM; at < document.length; at++) {
      terms += isTerm(document, at) ? 1 : 0;
    }
    return terms;
  }

  /** Visits the numbers of the terms. */
  static void forEachTerm(int[] document, IntConsumer visitor) {
    for (int at = FIRST_TERM; at < document.length; at++) {
      if (isTerm(document, at)) {
        visitor.accept(document[at]);
      }
    }
  }

  /** Whether a term stands at that place, and not the count of the one before it. */
  static boolean isTerm(int[] document, int at) {
    return document[at] >= 0;
  }

  /** How often the term at that place occurs. */
  static int countAt(int[] document, int at) {
    int next = at + 1;
    return next < document.length && document[next] < 0 ? -document[next] : 1;
  }
}
