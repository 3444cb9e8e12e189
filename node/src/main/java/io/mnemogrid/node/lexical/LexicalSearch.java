package io.mnemogrid.node.lexical;

import java.util.function.IntPredicate;

/**
 * One query to one index. It sees each document entirely or not at all: every one that was put
 * before it was opened, and of those put later none or some. Documents that are removed meanwhile
 * may still be seen, so a caller that uses slots again must wait for its searches, or ask in its
 * predicate.
 *
 * <p>One thread at a time; to be closed.
 */
public final class LexicalSearch implements AutoCloseable {
  private final DocumentStore.Searcher searcher;
  private final HeldTerms terms;

  LexicalSearch(DocumentStore.Searcher searcher, HeldTerms terms) {
    this.searcher = searcher;
    this.terms = terms;
  }

  /**
   * The documents with the highest scores, of those that hold at least one of the terms; equal
   * scores in ascending slot.
   *
   * @param k at least 1
   * @param visible which slots may be hits; asked only of those that are good enough
   */
  public LexicalHits best(int k, IntPredicate visible) {
    return best(k, visible, SlotOrder.ASCENDING, 0);
  }

  /**
   * As {@link #best(int, IntPredicate)}, with another order of equal scores.
   *
   * @param least the lowest score of interest, such as that of the k-th found elsewhere
   */
  public LexicalHits best(int k, IntPredicate visible, SlotOrder ties, float least) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, was " + k);
    }
    terms.requireHeld();
    BestSlots best = new BestSlots(k, visible, ties, least);
    searcher.search(best);
    return best.take();
  }

  /**
   * The score that {@link #best} gives the document in the slot; 0 if there is none, or it holds
   * none of the terms.
   */
  public float score(int slot) {
    terms.requireHeld();
    return searcher.score(slot);
  }

  @Override
  public void close() {
    terms.close();
  }
}
