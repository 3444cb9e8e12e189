package io.mnemogrid.node.lexical;

import org.jspecify.annotations.Nullable;

/**
 * One pass over the posting lists of a query's terms.
 *
 * <p>Ordinals are taken a window at a time: the lists add up the scores of the window's documents,
 * term after term, in an array that stays in the processor's nearest cache; then those that were
 * touched are offered. Whether a document was removed is asked once, when all its terms are in.
 */
final class PostingSearch {
  private static final int WINDOW = 2_048;

  private final Weights weights;
  private final Ordinals ordinals;
  private final int count;
  private final double[] sums = new double[WINDOW];
  private final long[] touched = new long[WINDOW / Long.SIZE];

  /**
   * @param count ordinals from here on are not looked at
   */
  PostingSearch(Weights weights, Ordinals ordinals, int count) {
    this.weights = weights;
    this.ordinals = ordinals;
    this.count = count;
  }

  /**
   * Offers every document that holds one of the terms.
   *
   * @param lists in the order of the query's terms; null where no document has the term
   */
  void run(@Nullable PostingList[] lists, BestSlots best) {
    CountedNumbers.@Nullable Cursor[] cursors = new CountedNumbers.@Nullable Cursor[lists.length];
    for (int i = 0; i < lists.length; i++) {
      PostingList list = lists[i];
      cursors[i] = list == null ? null : list.cursor();
    }
    for (int from = next(cursors); from < count; from = next(cursors)) {
      for (int i = 0; i < cursors.length; i++) {
        CountedNumbers.Cursor cursor = cursors[i];
        if (cursor != null) {
          add(i, cursor, from);
        }
      }
      offer(from, best);
    }
  }

  private static int next(CountedNumbers.@Nullable Cursor[] cursors) {
    int next = CountedNumbers.Cursor.AT_END;
    for (CountedNumbers.Cursor cursor : cursors) {
      if (cursor != null) {
        next = Math.min(next, cursor.number());
      }
    }
    return next;
  }

  private void add(int term, CountedNumbers.Cursor cursor, int from) {
    int[] lengths = ordinals.lengths();
    int end = Math.min(from + WINDOW, count);
    for (; cursor.number() < end; cursor.next()) {
      int at = cursor.number() - from;
      sums[at] += weights.part(term, cursor.count(), lengths[cursor.number()]);
      touched[at >>> 6] |= 1L << at;
    }
  }

  private void offer(int from, BestSlots best) {
    for (int word = 0; word < touched.length; word++) {
      for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
        int at = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
        float score = (float) sums[at];
        sums[at] = 0;
        if (score >= best.least() && ordinals.isVisible(from + at, count)) {
          best.offer(ordinals.slot(from + at), score);
        }
      }
      touched[word] = 0;
    }
  }
}
