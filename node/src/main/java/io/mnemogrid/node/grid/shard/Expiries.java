package io.mnemogrid.node.grid.shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

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
  private record Expiry(long at, ShardSpec shard, String id) {}

  /** A memory that is past its time. */
  record Due(ShardSpec shard, MemoryRecord record) {}

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

  private void note(Expiry expiry) {
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

  private Expiry takeFirst() {
    Expiry first = queue.remove();
    nextAt = queue.isEmpty() ? Long.MAX_VALUE : queue.element().at();
    return first;
  }

  /**
   * Takes out those that are past their time, and says which memories they are of.
   *
   * @param may whether those of a shard may be taken; the others stay for another time
   * @param limit most to look at
   */
  List<Due> takeDue(long now, Predicate<ShardSpec> may, int limit, Map<Long, Shard> shards) {
    List<Due> due = new ArrayList<>();
    List<Expiry> later = new ArrayList<>();
    for (int i = 0; i < limit && nextAt <= now; i++) {
      Expiry expiry = takeFirst();
      if (may.test(expiry.shard())) {
        present(expiry, shards)
            .filter(record -> record.expiresAtOrNever() <= now)
            .ifPresent(record -> due.add(new Due(expiry.shard(), record)));
      } else {
        later.add(expiry);
      }
    }
    later.forEach(this::note);
    return due;
  }

  /** Forgets the first times as long as they are past and their memories are gone. */
  void dropGone(long now, Map<Long, Shard> shards) {
    while (nextAt <= now && present(queue.element(), shards).isEmpty()) {
      takeFirst();
    }
  }

  private static Optional<MemoryRecord> present(Expiry expiry, Map<Long, Shard> shards) {
    return Optional.ofNullable(shards.get(expiry.shard().key()))
        .flatMap(shard -> shard.newest(expiry.id()))
        .map(Entry::record)
        .filter(record -> !record.isTombstone());
  }

  void clear() {
    queue.clear();
    nextAt = Long.MAX_VALUE;
  }
}
