package io.mnemogrid.vector;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Keeps the scratch of finished work for the next. Any thread, without locks; as many are kept as
 * there may be threads at work, and those over that are dropped.
 */
final class ScratchPool<T> {
  private static final int PLACES = Integer.highestOneBit(4 * processors());

  private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES);
  private final Supplier<T> maker;

  ScratchPool(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    int start = startOfThisThread();
    for (int i = 0; i < PLACES; i++) {
      int place = start + i & PLACES - 1;
      T kept = places.get(place);
      if (kept != null && places.compareAndSet(place, kept, null)) {
        return kept;
      }
    }
    return maker.get();
  }

  void giveBack(T scratch) {
    int start = startOfThisThread();
    for (int i = 0; i < PLACES; i++) {
      int place = start + i & PLACES - 1;
      if (places.get(place) == null && places.compareAndSet(place, null, scratch)) {
        return;
      }
    }
  }

  private static int startOfThisThread() {
    return (int) Thread.currentThread().threadId();
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }
}
