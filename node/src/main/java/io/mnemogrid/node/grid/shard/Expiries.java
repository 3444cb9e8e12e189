package io.mnemogrid.node.grid.shard;

import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * When memories of a partition are past their time, the first first. A time may be that of a memory
 * that has changed or gone since. Used on the partition's thread, but for {@link #nextAt}.
 */
final class Expiries {
  /** So few times are not looked through for those that do not count any more. */
  static final int LEAST_MANY = 1_024;

  private final PriorityQueue<Expiry> queue =
      new PriorityQueue<>(Comparator.comparingLong(Expiry::at));
  private volatile long nextAt = Long.MAX_VALUE;
  private int many = LEAST_MANY;

  /**
   * When a memory is past its time.
   *
   * @param at unix seconds
   */
  record Expiry(long at, ShardSpec shard, String id) {}

  /** The first of the times, or {@code Long.MAX_VALUE}; any thread. */
  long nextAt() {
    return nextAt;
  }

  void note(ShardSpec spec, MemoryRecord record) {
    long at = record.expiresAtOrNever();
    if (at != Long.MAX_VALUE && !record.isTombstone()) {
      note(new Expiry(at, spec, record.id()));
    }
  }

  void note(Expiry expiry) {
    queue.add(expiry);
    nextAt = Math.min(nextAt, expiry.at());
  }

  int size() {
    return queue.size();
  }

  /** Whether it pays to note all times anew, without those that do not count any more. */
  boolean areMany() {
    return queue.size() > many;
  }

  /** Notes the times of all memories, and forgets those that do not count any more. */
  void noteAnew(Collection<Shard> shards) {
    clear();
    int entries = 0;
    for (Shard shard : shards) {
      shard.entries().forEach(entry -> note(shard.spec(), entry.record()));
      entries += shard.size();
    }
    many = queue.size() + Math.max(LEAST_MANY, entries);
  }

  /** The first; there must be one. */
  Expiry first() {
    return queue.element();
  }

  /** Takes the first out; there must be one. */
  Expiry takeFirst() {
    Expiry first = queue.remove();
    nextAt = queue.isEmpty() ? Long.MAX_VALUE : queue.element().at();
    return first;
  }

  void clear() {
    queue.clear();
    nextAt = Long.MAX_VALUE;
  }
}
