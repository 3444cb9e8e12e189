package io.mnemogrid.node.lexical;

import java.util.Arrays;

/**
 * Where in a question a term stands, by its number. Nearly all terms of nearly all documents stand
 * nowhere, which one bit in a small map tells.
 */
final class TermPlaces {
  static final int NOWHERE = -1;

  private static final int SPREAD = 0x9E3779B9; // the golden ratio
  private static final int BITS_A_TERM = 64;
  private static final int BITS_LEAST = 1 << 12;

  private final long[] hashes;
  private final int shift;
  private final int[] keys;
  private final int[] places;

  /**
   * @param numbers by place; a negative one is that of no term
   */
  TermPlaces(int[] numbers) {
    int bits = Math.max(BITS_LEAST, Integer.highestOneBit(numbers.length * BITS_A_TERM));
    hashes = new long[bits / Long.SIZE];
    shift = Integer.numberOfLeadingZeros(bits) + 1;
    keys = new int[Integer.highestOneBit(numbers.length + 1) * 4];
    places = new int[keys.length];
    Arrays.fill(keys, NOWHERE);
    for (int place = 0; place < numbers.length; place++) {
      if (numbers[place] >= 0) {
        add(numbers[place], place);
      }
    }
  }

  private void add(int number, int place) {
    int hash = hash(number);
    hashes[hash >>> 6] |= 1L << hash;
    int at = hash & keys.length - 1;
    while (keys[at] != NOWHERE) {
      at = at + 1 & keys.length - 1;
    }
    keys[at] = number;
    places[at] = place;
  }

  /** The place of the term, or {@link #NOWHERE}; also for a number that is negative. */
  int of(int number) {
    int hash = hash(number);
    return (hashes[hash >>> 6] & 1L << hash) == 0 ? NOWHERE : find(number, hash);
  }

  private int find(int number, int hash) {
    int at = hash & keys.length - 1;
    while (keys[at] != number) {
      if (keys[at] == NOWHERE) {
        return NOWHERE;
      }
      at = at + 1 & keys.length - 1;
    }
    return places[at];
  }

  private int hash(int number) {
    return number * SPREAD >>> shift;
  }
}
