package io.mnemogrid.node.lexical;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The documents that hold a term, by their ordinals, as {@link CountedNumbers}.
 *
 * <p>One writer appends; a reader sees every posting that was there when it began, and skips those
 * whose ordinals came later.
 */
final class PostingList {
  private static final byte[] NO_BYTES = {};
  private static final AtomicIntegerFieldUpdater<PostingList> END =
      AtomicIntegerFieldUpdater.newUpdater(PostingList.class, "end");
  private static final AtomicIntegerFieldUpdater<PostingList> DOCUMENTS =
      AtomicIntegerFieldUpdater.newUpdater(PostingList.class, "documents");

  private final int term;
  private final int number;
  private volatile byte[] bytes = NO_BYTES;
  // Published after the bytes it ends, and read before them.
  private volatile int end;
  private volatile int documents;
  private int last = CountedNumbers.BEFORE_FIRST;

  /**
   * @param term its number in the dictionary
   * @param number its number in the store
   */
  PostingList(int term, int number) {
    this.term = term;
    this.number = number;
  }

  int term() {
    return term;
  }

  int number() {
    return number;
  }

  /** Those that were not removed. */
  int documents() {
    return documents;
  }

  /** A document later than all before. Writer. */
  void add(int ordinal, int count) {
    byte[] into = bytes;
    int at = end;
    int needed = at + CountedNumbers.bytes(ordinal - last, count);
    if (needed > into.length) {
      into = Arrays.copyOf(into, Growth.ofBytes(needed));
      bytes = into;
    }
    at = CountedNumbers.put(into, at, ordinal - last, count);
    last = ordinal;
    END.lazySet(this, at);
    DOCUMENTS.lazySet(this, documents + 1);
  }

  /** One of the documents is removed; its posting stays. Writer. */
  void forget() {
    DOCUMENTS.lazySet(this, documents - 1);
  }

  /** The ordinals of the documents, with how often the term occurs in each. */
  CountedNumbers.Cursor cursor() {
    int length = end;
    return new CountedNumbers.Cursor(bytes, length);
  }
}
