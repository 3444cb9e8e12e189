package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.SlotSet;
import org.jspecify.annotations.Nullable;

/** How many live slots pass a filter: counted if the filter is a set, otherwise by a sample. */
final class Census {
  private static final int SAMPLES = 128;

  /** A walk scores about this many, and so many more for each candidate it keeps. */
  private static final int WALK_BASE = 250;

  private static final int WALK_PER_CANDIDATE = 10;

  /** Finding the nodes that pass costs a walk about as much as scoring them. */
  private static final int STEPPING_OVER_FACTOR = 2;

  /** Asking a filter costs about this part of scoring. */
  private static final int FILTER_COST_DIVISOR = 16;

  private Census() {}

  /** At least one. */
  static int passing(SlotSet live, @Nullable SlotSet filterSet, @Nullable SlotFilter filter) {
    if (filterSet != null) {
      return Math.max(1, live.countShared(filterSet));
    }
    return filter == null ? live.size() : estimate(live, filter);
  }

  /** Whether scanning those that pass costs less than a walk of that width. */
  static boolean isScanCheaper(int passing, int asked, int width) {
    long walkCost = (WALK_BASE + (long) WALK_PER_CANDIDATE * width) * STEPPING_OVER_FACTOR;
    return passing + asked / FILTER_COST_DIVISOR <= walkCost;
  }

  /** Asks for some spread over all. */
  private static int estimate(SlotSet live, SlotFilter filter) {
    int words = live.words();
    int asked = 0;
    int passed = 0;
    for (int i = 0; i < SAMPLES; i++) {
      int word = (int) ((long) i * words / SAMPLES);
      int turn = i * 37; // another bit of the word each time
      long bits = Long.rotateRight(live.word(word), turn);
      if (bits != 0) {
        asked++;
        int slot = (word << 6) + (Long.numberOfTrailingZeros(bits) + turn & 63);
        passed += filter.test(slot) ? 1 : 0;
      }
    }
    return (int) Math.max(1, (long) live.size() * (passed + 1) / (asked + 1));
  }
}
