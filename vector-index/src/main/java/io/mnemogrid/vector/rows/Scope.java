package io.mnemogrid.vector.rows;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Which slots a search is about. Reused; one thread at a time. */
public final class Scope {
  private static final long ALL = -1L;

  private SlotSet among = SlotSet.EMPTY;
  private SlotSet except = SlotSet.EMPTY;
  private @Nullable SlotSet within;
  private @Nullable SlotSet chosen;
  private @Nullable IntPredicate filter;
  private int base;

  /** Begins anew with all slots of {@code set}. */
  public Scope of(SlotSet set) {
    among = set;
    except = SlotSet.EMPTY;
    within = null;
    chosen = null;
    filter = null;
    return this;
  }

  /** Leaves out those of {@code set}. */
  public Scope except(SlotSet set) {
    except = set;
    return this;
  }

  /** Leaves out those that are not in {@code set}. */
  public Scope within(SlotSet set) {
    within = set;
    return this;
  }

  /**
   * Leaves out those that a search does not want.
   *
   * @param set if given, what is wanted
   * @param test if given, passes what is wanted; asked as late as possible
   */
  public Scope filtered(@Nullable SlotSet set, @Nullable IntPredicate test) {
    chosen = set;
    filter = test;
    return this;
  }

  /** What scans add to a slot they offer; stays until it is set again. */
  public void setBase(int newBase) {
    base = newBase;
  }

  public int base() {
    return base;
  }

  public int words() {
    return chosen == null ? among.words() : Math.min(among.words(), chosen.words());
  }

  /** The first index from {@code from} on where {@link #word} may be other than zero. */
  public int nextWord(int from) {
    return among.nextWordBeyond(except, from);
  }

  /** The 64 slots from {@code 64 * index} as bits, before the test. */
  public long word(int index) {
    long word = among.word(index) & ~except.word(index);
    if (within != null) {
      word &= within.word(index);
    }
    return chosen == null ? word : word & chosen.word(index);
  }

  /** Whether a slot of {@link #word} passes the test. */
  public boolean passes(int slot) {
    return filter == null || filter.test(slot);
  }

  /** Those of the slots {@code word}, from {@code 64 * index} on, that pass the test. */
  public long passing(int index, long word) {
    IntPredicate test = filter;
    if (test == null) {
      return word;
    }
    if (word == ALL) {
      return passing(test, index << 6);
    }
    long passing = 0;
    for (long bits = word; bits != 0; bits &= bits - 1) {
      int slot = (index << 6) + Long.numberOfTrailingZeros(bits);
      passing |= test.test(slot) ? Long.lowestOneBit(bits) : 0;
    }
    return passing;
  }

  /** Without looking for the next bit: several tests are then under way at a time. */
  private static long passing(IntPredicate test, int first) {
    long passing = 0;
    for (int i = 0; i < Long.SIZE; i++) {
      passing |= (test.test(first + i) ? 1L : 0L) << i;
    }
    return passing;
  }

  public boolean contains(int slot) {
    return (word(slot >>> 6) & 1L << slot) != 0 && passes(slot);
  }
}
