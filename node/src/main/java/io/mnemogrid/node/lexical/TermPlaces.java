package io.mnemogrid.node.lexical;

import java.util.Arrays;

/** Where in a question a term stands, by its number. */
final class TermPlaces {
  static final int NOWHERE = -1;

  private static final int SPARSENESS = 4;
  private static final int SPREAD = 0x9E3779B9; // the golden ratio

  private final int[] keys;
  private final int[] places;
  private final int shift;

  /**
   * @param numbers by place; a negative one is that of no term
   */
  TermPlaces(int[] numbers) {
    int capacity = Integer.highestOneBit(Math.max(1, numbers.length)) * 2 * SPARSENESS;
    keys = new int[capacity];
    places = new int[capacity];
    shift = Integer.numberOfLeadingZeros(capacity) + 1;
    Arrays.fill(keys, NOWHERE);
    for (int place = 0; place < numbers.length; place++) {
      if (numbers[place] >= 0) {
        int at = first(numbers[place]);
        while (keys[at] != NOWHERE) {
          at = next(at);
        }
        keys[at] = numbers[place];
        places[at] = place;
      }
    }
  }

  /** The place of the term, or {@link #NOWHERE}; also for a number that is negative. */
  int of(int number) {
    int at = first(number);
    while (true) {
      int key = keys[at];
      if (key == NOWHERE) {
        return NOWHERE;
      }
      if (key == number) {
        return places[at];
      }
      at = next(at);
    }
  }

  private int first(int number) {
    return number * SPREAD >>> shift;
  }

  private int next(int at) {
    return at + 1 & keys.length - 1;
  }
}
