package io.mnemogrid.node.lexical;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lists of a store, by their terms and by their own numbers, which count up from 0: the terms
 * of most documents come early and have small numbers. One writer; readers find every list that was
 * there when they began.
 */
final class PostingLists {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(PostingList[].class);
  private static final int FIRST_CAPACITY = 64;
  private static final int SPREAD = 0x9E3779B9; // the golden ratio

  private final TermDictionary dictionary;
  private volatile @Nullable PostingList[] table = new @Nullable PostingList[FIRST_CAPACITY];
  private PostingList[] byNumber = new PostingList[0];
  private int count;

  PostingLists(TermDictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** Any thread, for a term that it holds. */
  @Nullable PostingList find(int term) {
    @Nullable PostingList[] lists = table;
    return (PostingList) ELEMENT.getAcquire(lists, position(lists, term));
  }

  /** The term's list, made and the term held when it is new. Writer. */
  PostingList of(int term) {
    PostingList present = find(term);
    if (present != null) {
      return present;
    }
    if ((count + 1) * 3L > table.length * 2L) {
      grow();
    }
    dictionary.hold(term);
    PostingList added = new PostingList(term, count);
    if (count == byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, Growth.of(count + 1));
    }
    byNumber[count++] = added;
    @Nullable PostingList[] lists = table;
    ELEMENT.setRelease(lists, position(lists, term), added);
    return added;
  }

  /** Writer. */
  PostingList numbered(int number) {
    return byNumber[number];
  }

  /** The terms by their lists' numbers. Writer. */
  int[] terms() {
    int[] terms = new int[count];
    for (int i = 0; i < count; i++) {
      terms[i] = byNumber[i].term();
    }
    return terms;
  }

  /** Lets go of all terms. Writer. */
  void release() {
    for (int i = 0; i < count; i++) {
      dictionary.release(byNumber[i].term());
    }
  }

  private void grow() {
    @Nullable PostingList[] bigger = new @Nullable PostingList[table.length * 2];
    for (int i = 0; i < count; i++) {
      bigger[position(bigger, byNumber[i].term())] = byNumber[i];
    }
    table = bigger;
  }

  /** The place of the term's list, or the free one where it would be put. */
  private static int position(@Nullable PostingList[] lists, int term) {
    int mask = lists.length - 1;
    int at = (term * SPREAD >>> 8) & mask;
    while (true) {
      PostingList list = (PostingList) ELEMENT.getAcquire(lists, at);
      if (list == null || list.term() == term) {
        return at;
      }
      at = at + 1 & mask;
    }
  }
}
