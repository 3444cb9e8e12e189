package io.mnemogrid.vector.rows;

/** The best of all scored slots offered, up to a capacity: a heap with the worst on top. */
public final class BestSlots {
  private long[] heap = new long[64];
  private int size;
  private int capacity;

  /** Empties it for the best {@code newCapacity}. */
  public void reset(int newCapacity) {
    capacity = newCapacity;
    size = 0;
    if (heap.length < newCapacity) {
      heap = new long[Math.max(newCapacity, 2 * heap.length)];
    }
  }

  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  public boolean isFull() {
    return size == capacity;
  }

  /** The worst that was kept; only when there is one. */
  public long worst() {
    return heap[0];
  }

  /** What is scored lower is not accepted: a cheap test to make before {@link #accepts}. */
  public float floor() {
    return size < capacity ? Float.NEGATIVE_INFINITY : ScoredSlot.score(heap[0]);
  }

  public boolean accepts(long scored) {
    return size < capacity || scored > heap[0];
  }

  public void offer(long scored) {
    if (size < capacity) {
      siftUp(size++, scored);
    } else if (scored > heap[0]) {
      siftDown(0, scored);
    }
  }

  /** Forgets the slots from {@code from} on that are less than {@code to}. */
  public void drop(int from, int to) {
    int all = size;
    size = 0;
    for (int i = 0; i < all; i++) {
      int slot = ScoredSlot.slot(heap[i]);
      if (slot < from || slot >= to) {
        siftUp(size++, heap[i]); // never beyond the one just read
      }
    }
  }

  /** Offers all of this to {@code other}, each slot as itself plus {@code base}. */
  public void giveTo(BestSlots other, int base) {
    for (int i = 0; i < size; i++) {
      other.offer(heap[i] - base); // the slot is there as its complement
    }
  }

  /** Scores and offers all slots of {@code batch}, and clears it. */
  public void offerAll(SlotScorer scorer, ScoreBatch batch) {
    scorer.score(batch);
    for (int i = 0; i < batch.count(); i++) {
      offer(ScoredSlot.of(batch.score(i), batch.slot(i)));
    }
    batch.clear();
  }

  /** Puts the contents in order, best first, for {@link #get}; once, and offer no more after it. */
  public void sort() {
    int all = size;
    // The heap's own order, since Arrays.sort allocates.
    while (size > 1) {
      long worst = heap[0];
      long moved = heap[--size];
      siftDown(0, moved);
      heap[size] = worst;
    }
    size = all;
  }

  /** The {@code i}-th best after {@link #sort}. */
  public long get(int i) {
    return heap[i];
  }

  private void siftUp(int hole, long scored) {
    int i = hole;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (heap[parent] <= scored) {
        break;
      }
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = scored;
  }

  private void siftDown(int hole, long scored) {
    int i = hole;
    int half = size >>> 1;
    while (i < half) {
      int child = 2 * i + 1;
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= scored) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = scored;
  }
}
