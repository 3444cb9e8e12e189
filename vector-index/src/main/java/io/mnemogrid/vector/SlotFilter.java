package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.SlotSet;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Passes the slots that a search wants. Asked while searching, in any order, often twice.
 *
 * <p>A filter made by {@link #of} is known as a set: a search then skips 64 slots at a time and
 * knows beforehand how many pass, which is worth a lot when few do.
 */
@FunctionalInterface
public interface SlotFilter extends IntPredicate {
  /** Passes the slots whose bit is set; the bits are copied. */
  static SlotFilter of(BitSet slots) {
    return new SetFilter(SlotSet.ofWords(slots.toLongArray()));
  }

  /** A filter whose set is known. */
  record SetFilter(SlotSet slots) implements SlotFilter {
    @Override
    public boolean test(int slot) {
      return slots.contains(slot);
    }
  }
}
