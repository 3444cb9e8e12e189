package io.mnemogrid.perf.ann;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Some vectors of a set as a set of its own, with its own truth.
 *
 * @param numbers which they are in the whole
 * @param numberInSubset by number in the whole, -1 for those not in it
 */
record Subset(VectorSet set, BitSet numbers, int[] numberInSubset) {
  private static final int NONE = -1;

  /** So many vectors at random, always the same. */
  static Subset random(VectorSet whole, int count) {
    var random = new SplittableRandom(VectorSets.SEED + count);
    var numbers = new BitSet(whole.count());
    while (numbers.cardinality() < count) {
      numbers.set(random.nextInt(whole.count()));
    }
    float[][] base = numbers.stream().mapToObj(i -> whole.base()[i]).toArray(float[][]::new);
    int[] numberInSubset = new int[whole.count()];
    Arrays.fill(numberInSubset, NONE);
    int next = 0;
    for (int i = numbers.nextSetBit(0); i >= 0; i = numbers.nextSetBit(i + 1)) {
      numberInSubset[i] = next++;
    }
    Truth truth = ExactSearch.nearest(base, whole.queries());
    var set = new VectorSet(whole.name(), base, whole.queries(), truth);
    return new Subset(set, numbers, numberInSubset);
  }

  /** What the slots of an index of the whole are known by in this. */
  int[] numberOfSlot(MnemogridIndex whole) {
    return Arrays.stream(whole.numberOfSlot()).map(number -> numberInSubset[number]).toArray();
  }

  /** The slots of an index of the whole that hold a vector of this. */
  BitSet slots(MnemogridIndex whole) {
    var slots = new BitSet();
    for (int slot = 0; slot < numberInSubset.length; slot++) {
      slots.set(slot, numbers.get(whole.numberOfSlot()[slot]));
    }
    return slots;
  }
}
