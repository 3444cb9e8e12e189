package io.mnemogrid.node.lexical;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The best documents of a search so far: a heap with the worst of them on top. Asks whether a
 * document may be seen only when its score is good enough.
 */
final class BestSlots {
  private static final int FIRST_CAPACITY = 16;

  private final int k;
  private final IntPredicate visible;
  private final SlotOrder ties;
  private final float leastOfAll;
  private int[] slots;
  private float[] scores;
  private int count;

  /**
   * @param leastOfAll what scores lower is of no interest
   */
  BestSlots(int k, IntPredicate visible, SlotOrder ties, float leastOfAll) {
    this.k = k;
    this.visible = visible;
    this.ties = ties;
    this.leastOfAll = leastOfAll;
    slots = new int[Math.min(k, FIRST_CAPACITY)];
    scores = new float[slots.length];
  }

  /** A lower score cannot be among the best. */
  float least() {
    return count < k ? leastOfAll : scores[0];
  }

  void offer(int slot, float score) {
    if (score < least() || !visible.test(slot)) {
      return;
    }
    if (count < k) {
      if (count == slots.length) {
        int capacity = (int) Math.min(k, 2L * count);
        slots = Arrays.copyOf(slots, capacity);
        scores = Arrays.copyOf(scores, capacity);
      }
      rise(count++, slot, score);
    } else if (isWorse(slots[0], scores[0], slot, score)) {
      sink(slot, score);
    }
  }

  /** The best, best first. Empties this. */
  LexicalHits take() {
    int[] bestSlots = new int[count];
    float[] bestScores = new float[count];
    while (count > 0) {
      int worst = count - 1;
      bestSlots[worst] = slots[0];
      bestScores[worst] = scores[0];
      count = worst;
      sink(slots[count], scores[count]);
    }
    return new LexicalHits(bestSlots, bestScores);
  }

  private void rise(int from, int slot, float score) {
    int at = from;
    while (at > 0) {
      int parent = at - 1 >>> 1;
      if (!isWorse(slot, score, slots[parent], scores[parent])) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    put(at, slot, score);
  }

  private void sink(int slot, float score) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= count) {
        break;
      }
      int other = child + 1;
      if (other < count && isWorse(slots[other], scores[other], slots[child], scores[child])) {
        child = other;
      }
      if (!isWorse(slots[child], scores[child], slot, score)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, slot, score);
  }

  private boolean isWorse(int slot, float score, int other, float otherScore) {
    return score < otherScore || score == otherScore && ties.compare(slot, other) > 0;
  }

  private void move(int from, int to) {
    put(to, slots[from], scores[from]);
  }

  private void put(int at, int slot, float score) {
    slots[at] = slot;
    scores[at] = score;
  }
}
