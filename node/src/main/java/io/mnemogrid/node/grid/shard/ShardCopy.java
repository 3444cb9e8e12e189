package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Brings the memories of a shard to the shards that it is split into, some at a time and in the
 * order of their stamps, while it is written to. One that is written again after it was brought has
 * a newer stamp, and so comes again.
 *
 * <p>The copies have stamps of their own partitions, so what was brought is told from what was not
 * by its other bytes.
 */
public final class ShardCopy {
  /** About so many bytes of records and vectors at a time, of one memory more at most. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_READS = 4_096;

  private static final Comparator<Entry> BY_STAMP =
      Comparator.comparing(entry -> entry.record().stamp());

  private ShardCopy() {}

  /**
   * What is to be copied next.
   *
   * @param copies in the order of their stamps
   * @param more whether there are others after these
   */
  public record Next(List<Copied> copies, boolean more) {
    /** Nothing. */
    public static final Next NONE = new Next(List.of(), false);
  }

  /**
   * The memories and tombstones next after a stamp, in the order of their stamps; on the
   * partition's thread.
   *
   * @param most of them; fewer come if they are long
   */
  public static Next after(Shard from, Stamp after, int most) {
    PriorityQueue<Entry> next = new PriorityQueue<>(most + 1, BY_STAMP.reversed());
    List<Entry> all = from.entriesAfter(after);
    for (Entry entry : all) {
      // Most are later than all that are kept: a look is all that they may cost.
      if (next.size() < most || BY_STAMP.compare(entry, next.element()) < 0) {
        next.add(entry);
      }
      if (next.size() > most) {
        next.remove();
      }
    }
    List<Entry> ordered = new ArrayList<>(next);
    ordered.sort(BY_STAMP);
    List<Copied> copies = new ArrayList<>(ordered.size());
    long bytes = 0;
    for (int i = 0; i < ordered.size() && bytes < MOST_BYTES; i++) {
      Entry entry = ordered.get(i);
      Change change = from.changeOf(entry);
      copies.add(new Copied(change, entry.accessCount(), entry.lastAccessedAt()));
      bytes += change.record().bytes().length + (long) from.spec().dimension() * Float.BYTES;
    }
    return new Next(copies, copies.size() < all.size());
  }

  /** The changes that bring copies into a shard, less those that are there alike. */
  static List<Change> changes(Shard into, List<Copied> copies, ShardMove.Stamps stamps) {
    List<Change> changes = new ArrayList<>(copies.size());
    for (Copied copied : copies) {
      MemoryRecord record = copied.change().record();
      boolean alike =
          into.newest(copied.id())
              .filter(present -> present.record().likeness() == record.likeness())
              .isPresent();
      if (!alike) {
        changes.add(
            new Change(RecordWriter.restamped(record, stamps.next()), copied.change().vector()));
      }
    }
    return changes;
  }

  /**
   * How often memories were read.
   *
   * @param lastAt unix seconds
   */
  public record Reads(String id, int count, long lastAt) {}

  /**
   * Memories that were read since that time, in unix seconds; some of them if they are too many.
   */
  public static List<Reads> readsSince(Shard from, long unixSeconds) {
    return from.entriesAfter(Stamp.NONE).stream()
        .filter(entry -> entry.accessCount() > 0 && entry.lastAccessedAt() >= unixSeconds)
        .limit(MOST_READS)
        .map(entry -> new Reads(entry.record().id(), entry.accessCount(), entry.lastAccessedAt()))
        .toList();
  }

  /** Takes along how often the memories were read. */
  static void carryAccesses(Shard into, List<Copied> copies) {
    for (Copied copied : copies) {
      into.newest(copied.id())
          .ifPresent(entry -> entry.carryAccesses(copied.accessCount(), copied.lastAccessedAt()));
    }
  }

  /**
   * What memories there are, whatever their stamps and their order: equal for shards that hold the
   * same.
   *
   * @param sum of a number a memory
   */
  public record Digest(long count, long sum) {
    /** Of no memory. */
    public static final Digest EMPTY = new Digest(0, 0);

    /** Of the memories of a shard that go to one of the shards of a space. */
    public static Digest of(@Nullable Shard shard, Space space, int part) {
      if (shard == null) {
        return EMPTY;
      }
      long count = 0;
      long sum = 0;
      for (Entry entry : shard.entriesAfter(Stamp.NONE)) {
        MemoryRecord record = entry.record();
        if (!record.isTombstone() && space.shardOf(record.id()) == part) {
          count++;
          sum += record.likeness();
        }
      }
      return new Digest(count, sum);
    }
  }
}
