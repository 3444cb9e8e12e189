package io.mnemogrid.vector.hnsw;

import java.util.Arrays;

/** Scored slots met and not yet expanded: a heap with the best on top. */
final class Frontier {
  private long[] heap = new long[256];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void push(long scored) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (heap[parent] >= scored) {
        break;
      }
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = scored;
  }

  long peek() {
    return heap[0];
  }

  long pop() {
    long top = heap[0];
    long moved = heap[--size];
    int i = 0;
    int half = size >>> 1;
    while (i < half) {
      int child = 2 * i + 1;
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= moved) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = moved;
    return top;
  }
}
