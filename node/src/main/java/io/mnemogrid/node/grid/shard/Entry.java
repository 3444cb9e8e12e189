package io.mnemogrid.node.grid.shard;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A record in its shard, with the index slot of its vector. A newer record of the same id takes its
 * place as a new entry.
 */
public final class Entry {
  /** The slot of a tombstone. */
  static final int NO_SLOT = -1;

  private static final AtomicIntegerFieldUpdater<Entry> ACCESSES =
      AtomicIntegerFieldUpdater.newUpdater(Entry.class, "accessCount");

  private final MemoryRecord record;
  private final int slot;
  private volatile int accessCount;
  // Unsigned seconds: there are many entries.
  private volatile int lastAccessedAt;

  Entry(MemoryRecord record, int slot, int accessCount, long lastAccessedAt) {
    this.record = record;
    this.slot = slot;
    this.accessCount = accessCount;
    this.lastAccessedAt = (int) lastAccessedAt;
  }

  public MemoryRecord record() {
    return record;
  }

  /** The same in another slot. */
  Entry in(int otherSlot) {
    return new Entry(record, otherSlot, accessCount, lastAccessedAt());
  }

  int slot() {
    return slot;
  }

  public int accessCount() {
    return accessCount;
  }

  /** Unix seconds of the last read, or of the last write when there was none. */
  public long lastAccessedAt() {
    return Math.max(Integer.toUnsignedLong(lastAccessedAt), record.updatedAt());
  }

  /** Takes over how often and when the same memory was read elsewhere. */
  void carryAccesses(Entry other) {
    carryAccesses(other.accessCount, other.lastAccessedAt());
  }

  /** Takes over how often, and last at what unix second, the same memory was read elsewhere. */
  void carryAccesses(int count, long lastAt) {
    ACCESSES.accumulateAndGet(this, count, Math::max);
    lastAccessedAt = (int) Math.max(lastAccessedAt(), lastAt);
  }

  /** Counts a read; any thread. */
  public void touch(long unixSeconds) {
    ACCESSES.incrementAndGet(this);
    lastAccessedAt = (int) unixSeconds;
  }
}
