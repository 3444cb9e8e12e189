package io.mnemogrid.vector.rows;

import io.mnemogrid.vector.memory.ReadGate;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which slots are live, waiting for readers, or free. The writer and the maintainer change it, each
 * call under its lock for a few instructions; searches only read {@link #live}.
 */
public final class SlotTable {
  /** No slot. */
  public static final int NO_SLOT = -1;

  private static final int[] NONE = {};
  private final ReadGate gate;
  private volatile SlotSet live = SlotSet.EMPTY;
  private SlotSet linked = SlotSet.EMPTY;
  private SlotSet linking = SlotSet.EMPTY;
  private int tailWord;
  private int slots;
  private @Nullable BitSet free;
  // None below is free.
  private int freeFrom;
  // Slots waiting for readers, oldest first, as pairs of slot and epoch.
  private int[] retired = NONE;
  private int retiredFrom;
  private int retiredTo;

  public SlotTable(ReadGate gate) {
    this.gate = gate;
  }

  /** Takes over a state: slots that are neither live nor linked are free. */
  public synchronized void restore(int itsSlots, SlotSet itsLive, SlotSet itsLinked) {
    slots = itsSlots;
    live = itsLive;
    linked = itsLinked;
    for (int slot = 0; slot < itsSlots; slot++) {
      if (!itsLive.contains(slot) && !itsLinked.contains(slot)) {
        addFree(slot);
      }
    }
  }

  /** The slots that a search beginning now sees. */
  public SlotSet live() {
    return live;
  }

  /** One more than the highest slot ever used. */
  public synchronized int slots() {
    return slots;
  }

  /** The lowest slot that nobody sees. */
  public synchronized int take() {
    int taken = takeBelow(slots);
    return taken == NO_SLOT ? slots++ : taken;
  }

  /** The lowest slot that nobody sees, if it is below {@code slot}, or {@link #NO_SLOT}. */
  public synchronized int takeBelow(int slot) {
    reclaim();
    int lowest = free == null ? NO_SLOT : free.nextSetBit(freeFrom);
    if (free == null || lowest == NO_SLOT || lowest >= slot) {
      return NO_SLOT;
    }
    free.clear(lowest);
    freeFrom = lowest + 1;
    return lowest;
  }

  /**
   * Lets the highest slots go, down to one that is not free.
   *
   * @return {@link #slots}
   */
  public synchronized int trim() {
    reclaim();
    if (free != null) {
      slots = free.previousClearBit(slots - 1) + 1;
      free = slots == 0 ? null : free.get(0, slots);
      freeFrom = Math.min(freeFrom, slots);
    }
    return slots;
  }

  /** Gives back a slot that was taken and never made live. */
  public synchronized void giveBack(int slot) {
    if (slot == slots - 1) {
      slots--;
    } else {
      addFree(slot);
    }
  }

  public synchronized void add(int slot) {
    live = live.with(slot);
  }

  /** One publication, so that no search misses both. */
  public synchronized void addAndRemove(int added, int removed) {
    live = live.with(added).without(removed);
    retireUnlessInGraph(removed);
  }

  public synchronized void remove(int slot) {
    live = live.without(slot);
    retireUnlessInGraph(slot);
  }

  /**
   * Takes live slots that are not in the graph, to be linked.
   *
   * @return at most {@code most} slots, for {@link #linked} or {@link #notLinked}
   */
  public synchronized int[] takeFromTail(int most) {
    int words = live.words();
    int[] taken = new int[most];
    int count = 0;
    for (int i = 0; i < words && count < most; i++) {
      int w = (tailWord + i) % words;
      long tail = live.word(w) & ~linked.word(w);
      for (; tail != 0 && count < most; tail &= tail - 1) {
        taken[count++] = (w << 6) + Long.numberOfTrailingZeros(tail);
      }
    }
    if (count > 0) {
      tailWord = taken[count - 1] >>> 6;
    }
    int[] slots = Arrays.copyOf(taken, count);
    linking = SlotSet.EMPTY.with(slots);
    return slots;
  }

  /** The slots taken last are in the graph now, whether or not deleted meanwhile. */
  public synchronized SlotSet linked() {
    linked = linked.with(linking.toArray());
    linking = SlotSet.EMPTY;
    return linked;
  }

  /** The slots taken last stay in the tail. */
  public synchronized void notLinked() {
    SlotSet deleted = linking.minus(live);
    linking = SlotSet.EMPTY;
    retire(deleted);
  }

  /** The slots that are in the graph and deleted. */
  public synchronized SlotSet deadInGraph() {
    return linked.minus(live);
  }

  /** {@code gone} are no longer in the graph. Those deleted are to be given to {@link #retire}. */
  public synchronized SlotSet unlinked(SlotSet gone) {
    linked = linked.minus(gone);
    return linked;
  }

  /**
   * Nothing is in the graph any more.
   *
   * @return the slots that were deleted, for {@link #retire}
   */
  public synchronized SlotSet unlinkAll() {
    SlotSet dead = linked.minus(live);
    linked = SlotSet.EMPTY;
    return dead;
  }

  /** Lets slots, withdrawn from sight everywhere, be used again when their readers are gone. */
  public synchronized void retire(SlotSet all) {
    for (int w = 0; w < all.words(); w++) {
      for (long bits = all.word(w); bits != 0; bits &= bits - 1) {
        retire((w << 6) + Long.numberOfTrailingZeros(bits));
      }
    }
  }

  private void retireUnlessInGraph(int slot) {
    if (!linking.contains(slot) && !linked.contains(slot)) {
      retire(slot);
    }
  }

  private void retire(int slot) {
    if (retiredTo == retired.length) {
      compactRetired();
    }
    retired[retiredTo++] = slot;
    retired[retiredTo++] = gate.epoch();
  }

  private void reclaim() {
    if (retiredFrom == retiredTo) {
      return;
    }
    gate.advance();
    while (retiredFrom < retiredTo && gate.isPast(retired[retiredFrom + 1])) {
      addFree(retired[retiredFrom]);
      retiredFrom += 2;
    }
    if (retiredFrom == retiredTo) {
      retiredFrom = 0;
      retiredTo = 0;
    }
  }

  private void compactRetired() {
    int length = retiredTo - retiredFrom;
    int[] target = 2 * length < retired.length ? retired : new int[Math.max(4, 2 * length)];
    System.arraycopy(retired, retiredFrom, target, 0, length);
    retired = target;
    retiredFrom = 0;
    retiredTo = length;
  }

  private void addFree(int slot) {
    if (free == null) {
      free = new BitSet();
    }
    free.set(slot);
    freeFrom = Math.min(freeFrom, slot);
  }
}
