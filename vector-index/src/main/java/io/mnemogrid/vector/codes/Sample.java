package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.rows.SlotSet;

/** Some of many slots, evenly spread. */
final class Sample {
  private Sample() {}

  /** At least half of {@code most} of the slots, or all if they are fewer. */
  static int[] of(SlotSet slots, int most) {
    int step = Math.max(1, Math.ceilDiv(slots.size(), most));
    int[] sample = new int[Math.ceilDiv(slots.size(), step)];
    int seen = 0;
    for (int w = 0; w < slots.words(); w++) {
      for (long bits = slots.word(w); bits != 0; bits &= bits - 1) {
        if (seen % step == 0) {
          sample[seen / step] = (w << 6) + Long.numberOfTrailingZeros(bits);
        }
        seen++;
      }
    }
    return sample;
  }
}
