package io.mnemogrid.vector.rows;

/** Slots gathered to be scored together, so that the fetches of their rows overlap. */
public final class ScoreBatch {
  public static final int CAPACITY = 64;

  final long[] addresses = new long[CAPACITY];
  final float[] scores = new float[CAPACITY];
  private final int[] slots = new int[CAPACITY];
  private int count;

  public void clear() {
    count = 0;
  }

  public void add(int slot, long address) {
    slots[count] = slot;
    addresses[count++] = address;
  }

  public int count() {
    return count;
  }

  public boolean isFull() {
    return count == CAPACITY;
  }

  public int slot(int i) {
    return slots[i];
  }

  public float score(int i) {
    return scores[i];
  }
}
