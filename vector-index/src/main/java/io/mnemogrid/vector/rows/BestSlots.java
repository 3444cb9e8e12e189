package io.mnemogrid.vector.rows;

import java.util.Arrays;

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

  public boolean isFull() {
    return size == capacity;
  }

  /** The worst that was kept; only when there is one. */
  public long worst() {
    return heap[0];
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

  /** Puts the contents in order, best first, for {@link #get}; offer no more until a reset. */
  public void sort() {
    Arrays.sort(heap, 0, size);
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      long swapped = heap[i];
      heap[i] = heap[j];
      heap[j] = swapped;
    }
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
