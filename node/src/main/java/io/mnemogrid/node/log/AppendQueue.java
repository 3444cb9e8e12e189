package io.mnemogrid.node.log;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Appends before the log's thread, bounded in bytes. Many threads put, one takes. */
final class AppendQueue {
  private final long limitBytes;
  private final Queue<Append> appends = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile @Nullable Thread waiting;
  private volatile boolean isWoken;

  AppendQueue(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Takes room for an append, or has none; never blocks. */
  boolean reserve(long frameBytes) {
    if (bytes.addAndGet(frameBytes) <= limitBytes) {
      return true;
    }
    bytes.addAndGet(-frameBytes);
    return false;
  }

  /** Takes room for an append, whether there is any or not. */
  void take(long frameBytes) {
    bytes.addAndGet(frameBytes);
  }

  /** Gives room back. */
  void release(long frameBytes) {
    bytes.addAndGet(-frameBytes);
  }

  long bytes() {
    return bytes.get();
  }

  boolean hasRoom() {
    return bytes.get() < limitBytes;
  }

  /** Puts an append for which room was taken. */
  void put(Append append) {
    appends.add(append);
    unpark();
  }

  /** Ends the wait of the taker, or its next one if it does not wait yet. */
  void wake() {
    isWoken = true;
    unpark();
  }

  private void unpark() {
    Thread taker = waiting;
    if (taker != null) {
      LockSupport.unpark(taker);
    }
  }

  /** Takes what is there, in order, up to about that many bytes. */
  void drainTo(List<Append> batch, long mostBytes) {
    long taken = 0;
    while (taken < mostBytes) {
      Append next = appends.poll();
      if (next == null) {
        return;
      }
      batch.add(next);
      taken += next.frameBytes();
    }
  }

  /** Waits until something is there, or {@link #wake}; may return for no reason. */
  void await() {
    waiting = Thread.currentThread();
    if (appends.isEmpty() && !isWoken) {
      LockSupport.park(this);
    }
    waiting = null;
    isWoken = false; // what was done before the wake is seen by whoever looks after this
  }

  boolean isEmpty() {
    return appends.isEmpty();
  }
}
