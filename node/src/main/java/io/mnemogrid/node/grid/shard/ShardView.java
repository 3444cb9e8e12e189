package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.lexical.LexicalHits;
import io.mnemogrid.node.lexical.LexicalSearch;
import io.mnemogrid.vector.SlotFilter;
import io.mnemogrid.vector.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * A shard as one search sees it: a slot that it finds stays the same memory's until the view is
 * closed. One thread at a time.
 */
final class ShardView implements AutoCloseable {
  private static final LexicalHits NO_WORDS = new LexicalHits(new int[0], new float[0]);

  private final Shard shard;
  private final VectorIndex.Reader reader;
  private final @Nullable LexicalSearch words;
  private final int replacements;
  private final RecordFilter filter;
  private final TimeWindow window;
  private final long unixSeconds;
  private final boolean allVisible;

  /**
   * Begins to look at a shard that has vectors.
   *
   * @param words null when words do not count, or there are none
   * @param replacements of the shard before the reader was opened
   */
  ShardView(
      Shard shard,
      VectorIndex.Reader reader,
      @Nullable LexicalSearch words,
      int replacements,
      RecordFilter filter,
      long unixSeconds) {
    this.shard = shard;
    this.reader = reader;
    this.words = words;
    this.replacements = replacements;
    this.filter = filter;
    this.window = filter.window();
    this.unixSeconds = unixSeconds;
    this.allVisible = filter.passesAll() && !shard.hasExpiring();
  }

  Shard shard() {
    return shard;
  }

  VectorIndex.Reader reader() {
    return reader;
  }

  /**
   * The memories that have the question's words, best first, equal ones in the order of their ids.
   *
   * @param least the lowest score of interest
   */
  LexicalHits wordiest(int most, float least) {
    return words == null ? NO_WORDS : words.best(most, this::isVisible, this::compareIds, least);
  }

  float wordScore(int slot) {
    return words == null ? 0 : words.score(slot);
  }

  private int compareIds(int slot, int other) {
    Entry one = shard.inSlot(slot);
    Entry two = shard.inSlot(other);
    return one == null || two == null
        ? Boolean.compare(one == null, two == null)
        : one.record().compareIds(two.record());
  }

  /** Passes what may be a hit; null when that is all there is. */
  @Nullable SlotFilter visible() {
    return allVisible ? null : this::isVisible;
  }

  /** Whether the memory in the slot may be a hit. */
  boolean isVisible(int slot) {
    // A walk asks for hundreds of memories all over the heap, and a scan for all that there are:
    // none is read that need not be.
    if (!window.isAlways() && !window.has(shard.timeInSlot(slot))) {
      return false;
    }
    Entry entry = shard.inSlot(slot);
    return entry != null && (allVisible || isVisible(entry));
  }

  boolean isVisible(Entry entry) {
    return entry.record().isVisibleAt(unixSeconds)
        && (filter.passesAll() || filter.passes(entry.record()));
  }

  /** The memory in the slot, if it may still be a hit. */
  @Nullable Entry entry(int slot) {
    Entry entry = shard.inSlot(slot);
    return entry != null && entry.record().isVisibleAt(unixSeconds) ? entry : null;
  }

  /** Whether no vector has taken the place of another: else both or neither may have been seen. */
  boolean isUndisturbed() {
    return shard.isUndisturbedSince(replacements);
  }

  @Override
  public void close() {
    if (words != null) {
      words.close();
    }
    reader.close();
  }
}
