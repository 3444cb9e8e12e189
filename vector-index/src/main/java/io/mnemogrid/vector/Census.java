package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.SlotSet;
import org.jspecify.annotations.Nullable;

/**
 * How many live slots pass a filter, counted if the filter is a set and otherwise by a sample, and
 * what follows from it for a search through a graph. Costs are in nodes that a walk scores, as
 * measured on sentence embeddings.
 */
final class Census {
  private static final int MOST_SAMPLES = 512;
  private static final int SAMPLED_SHARE = 32;
  private static final int PASSING_SAMPLES_WANTED = 16;

  /**
   * The golden ratio's fraction, of 2^32: its multiples are spread evenly however many there are.
   */
  private static final long GOLDEN_STEP = 0x9E37_79B9L;

  /** A walk scores about this many, and so many more for each candidate that it comes by. */
  private static final int WALK_BASE = 250;

  private static final int WALK_PER_CANDIDATE = 10;

  /** Scoring slots in their order costs about this part of scoring those that links lead to. */
  private static final int SCAN_DIVISOR = 2;

  /** Asking a filter costs about this part of scoring. */
  private static final int FILTER_COST_DIVISOR = 16;

  /**
   * A scan of blocks asks for a slot only once its estimate is good enough. When fewer than one in
   * this many pass, it would still ask for so many that it does better to ask for all first.
   */
  private static final int RARE_DIVISOR = 16;

  /** The part of its width that a walk needs however few pass is one divided by this. */
  private static final int WIDTH_PARTS = 5;

  /** By how much less a walk needs the smaller its index is beside the others. */
  private static final double SHARED_POWER = 0.4;

  /** Standard deviations by which an index may have more hits than its size lets expect. */
  private static final double SPREAD = 3;

  private Census() {}

  /** At least one. */
  static int passing(SlotSet live, @Nullable SlotSet filterSet, @Nullable SlotFilter filter) {
    if (filterSet != null) {
      return Math.max(1, live.countShared(filterSet));
    }
    return filter == null ? live.size() : estimate(live, filter);
  }

  /** Whether so few pass that asking for each slot costs less than estimating its score. */
  static boolean isRare(SlotSet live, SlotFilter filter) {
    return estimate(live, filter) < live.size() / RARE_DIVISOR;
  }

  /**
   * How wide to walk for as much recall as {@code width} gives without a filter: those that pass
   * are as an index of their own, and the smaller that is, the less width it takes.
   */
  static int narrowed(int width, int passing, int live) {
    double share = (double) passing / live;
    return (int) Math.ceil(width * (1 + (WIDTH_PARTS - 1) * share) / WIDTH_PARTS);
  }

  /**
   * How wide to walk in one of many indexes for as much recall as {@code width} gives in a single
   * one of all the vectors.
   *
   * @param all vectors in all of them
   */
  static int shared(int width, int live, int all) {
    return live == all
        ? width
        : (int) Math.ceil(width * Math.pow((double) live / all, SHARED_POWER));
  }

  /**
   * How many of {@code hits} are in an index of {@code live} vectors at most, but for one in a
   * thousand, if each vector is in it by chance: a binomial distribution's mean and spread.
   */
  static int mostIn(int hits, int live, int all) {
    double share = (double) live / all;
    double expected = hits * share;
    return (int) Math.ceil(Math.min(hits, expected + SPREAD * Math.sqrt(expected * (1 - share))));
  }

  /** What a walk of that width costs, in nodes scored. */
  static long walkCost(int width, int passing, int live) {
    return WALK_BASE + (long) WALK_PER_CANDIDATE * width * live / passing;
  }

  /**
   * What scanning those that pass costs, in nodes scored by a walk.
   *
   * @param asked slots that the filter is asked for
   */
  static long scanCost(int passing, int asked) {
    return (long) passing / SCAN_DIVISOR + asked / FILTER_COST_DIVISOR;
  }

  /** Asks for some spread over all, and for more the fewer pass. */
  private static int estimate(SlotSet live, SlotFilter filter) {
    long words = live.words();
    int asked = 0;
    int passed = 0;
    int most = Math.clamp(live.size() / SAMPLED_SHARE, 1, MOST_SAMPLES);
    for (int i = 0; i < most && passed < PASSING_SAMPLES_WANTED; i++) {
      int word = (int) ((i * GOLDEN_STEP & 0xFFFF_FFFFL) * words >>> Integer.SIZE);
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
