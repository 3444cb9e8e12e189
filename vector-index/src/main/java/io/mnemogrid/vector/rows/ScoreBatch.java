package io.mnemogrid.vector.rows;

/** Slots gathered to be scored together, so that the fetches of their data overlap. */
public final class ScoreBatch {
  public static final int CAPACITY = 128;

  private final int[] slots = new int[CAPACITY];
  private final long[] addresses = new long[CAPACITY];
  private final float[] scores = new float[CAPACITY];
  private int count;

  public void clear() {
    count = 0;
  }

  public void add(int slot) {
    slots[count++] = slot;
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

  /** Says where the data of the {@code i}-th slot lies. */
  public void setAddress(int i, long address) {
    addresses[i] = address;
  }

  /** The addresses set, by place in the batch; for kernels. */
  public long[] addresses() {
    return addresses;
  }

  /** Where the scores go, by place in the batch; for kernels. */
  public float[] scores() {
    return scores;
  }
}
