package io.mnemogrid.node.lexical;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each document, by its ordinal. Of a fixed capacity: when it is full a bigger
 * copy takes its place, and readers go on with the one they have.
 *
 * <p>A reader counts the documents once, and sees a document that is among them and was not removed
 * before: a removal is kept as the count from which on readers do not see the document. So a
 * document and the one that takes its place change over in a single step, the new count.
 */
final class Ordinals {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[].class);
  private static final int NOT_REMOVED = 0;

  private final int[] slots;
  private final int[] lengths;
  private final byte[][] terms;
  private volatile int @Nullable [] removedAt;

  Ordinals(int capacity) {
    this(new int[capacity], new int[capacity], new byte[capacity][], null);
  }

  private Ordinals(int[] slots, int[] lengths, byte[][] terms, int @Nullable [] removedAt) {
    this.slots = slots;
    this.lengths = lengths;
    this.terms = terms;
    this.removedAt = removedAt;
  }

  Ordinals copy(int capacity) {
    int[] removals = removedAt;
    return new Ordinals(
        Arrays.copyOf(slots, capacity),
        Arrays.copyOf(lengths, capacity),
        Arrays.copyOf(terms, capacity),
        removals == null ? null : Arrays.copyOf(removals, capacity));
  }

  int capacity() {
    return slots.length;
  }

  /** Writer, before the document is counted. */
  void set(int ordinal, int slot, int length, byte[] itsTerms) {
    slots[ordinal] = slot;
    lengths[ordinal] = length;
    terms[ordinal] = itsTerms;
  }

  int slot(int ordinal) {
    return slots[ordinal];
  }

  int[] lengths() {
    return lengths;
  }

  /** Not to be changed. */
  byte[] bytesOfTerms(int ordinal) {
    return terms[ordinal];
  }

  /** The numbers of the document's lists, with how often each term occurs. */
  CountedNumbers.Cursor terms(int ordinal) {
    byte[] bytes = terms[ordinal];
    return new CountedNumbers.Cursor(bytes, bytes.length);
  }

  /** Readers that count so many documents or more do not see this one. Writer. */
  void remove(int ordinal, int count) {
    int[] removals = removedAt;
    if (removals == null) {
      removals = new int[slots.length];
      removedAt = removals;
    }
    ELEMENT.setVolatile(removals, ordinal, count);
  }

  /** Whether a reader that counted so many documents, this one among them, sees it. */
  boolean isVisible(int ordinal, int count) {
    int[] removals = removedAt;
    if (removals == null) {
      return true;
    }
    int removed = (int) ELEMENT.getAcquire(removals, ordinal);
    return removed == NOT_REMOVED || removed > count;
  }
}
