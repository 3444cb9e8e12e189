package io.mnemogrid.node.lexical;

/**
 * Which of two documents with the same score comes first, among them which of them still belongs to
 * the best k. By slots, an answer depends on the history of a replica; by the caller's own ids it
 * does not.
 */
@FunctionalInterface
public interface SlotOrder {
  SlotOrder ASCENDING = Integer::compare;

  /**
   * Negative if {@code slot} comes before {@code other}, positive if it comes after. Called on
   * searching threads, of slots that have passed the search's predicate.
   */
  int compare(int slot, int other);
}
