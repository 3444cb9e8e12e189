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
   * @param entries made by {@link #entry}, at least one, no term twice; sorted by this call
   */
  static int[] pack(long[] entries) {
    Arrays.sort(entries);
    int counted = 0;
    int length = 0;
    for (long entry : entries) {
      counted += count(entry) > 1 ? 1 : 0;
      length += count(entry);
    }
    int[] document = new int[FIRST_TERM + entries.length + counted];
    document[LENGTH] = length;
    int at = FIRST_TERM;
    for (long entry : entries) {
      document[at++] = term(entry);
      if (count(entry) > 1) {
        document[at++] = -count(entry);
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
