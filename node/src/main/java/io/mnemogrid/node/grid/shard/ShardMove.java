package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A part of a namespace on its way from one space to another: what is missing in the second.
 *
 * <p>From the moment the second shard exists, every write goes to both. So no memory is missing
 * later that was not missing before, and once none is, none ever will be.
 *
 * @param into null as long as nobody has opened it
 */
public record ShardMove(Shard from, @Nullable Shard into) {
  /** How many memories there are, and how many of them are in both spaces. */
  public record Count(int total, int moved) {}

  /** Memories that are not in the second space as they are in the first; any thread. */
  public List<Entry> missing(long unixSeconds, int most) {
    List<Entry> missing = new ArrayList<>();
    from.forEach(
        unixSeconds,
        entry -> {
          if (missing.size() < most && isMissing(entry)) {
            missing.add(entry);
          }
        });
    return missing;
  }

  /** Any thread. */
  public Count count(long unixSeconds) {
    int[] counted = new int[2];
    from.forEach(
        unixSeconds,
        entry -> {
          counted[0]++;
          counted[1] += isMissing(entry) ? 0 : 1;
        });
    return new Count(counted[0], counted[1]);
  }

  /**
   * Takes along how often memories were read.
   *
   * @return how many memories are missing
   */
  int settle(long unixSeconds) {
    int[] missing = new int[1];
    from.forEach(
        unixSeconds,
        entry -> {
          if (into == null || isMissing(entry)) {
            missing[0]++;
          } else {
            into.newest(entry.record().id()).ifPresent(present -> present.carryAccesses(entry));
          }
        });
    return missing[0];
  }

  private boolean isMissing(Entry entry) {
    return isMissing(into, entry);
  }

  private static boolean isMissing(@Nullable Shard into, Entry entry) {
    return into == null
        || into.newest(entry.record().id())
            .filter(present -> !entry.record().stamp().isAfter(present.record().stamp()))
            .isEmpty();
  }

  /**
   * The changes that put vectors into the second space, each of a memory that is unchanged since it
   * was embedded and still missing. They have stamps of their own, so that a replica takes them for
   * what came after its image was made; all else of the memory stays.
   */
  static List<Change> changes(Shard from, Shard into, List<Fill> fills, Stamps stamps) {
    List<Change> changes = new ArrayList<>(fills.size());
    for (Fill fill : fills) {
      from.newest(fill.id())
          .filter(isStill(fill).and(entry -> isMissing(into, entry)))
          .map(entry -> RecordWriter.restamped(entry.record(), stamps.next()))
          .ifPresent(record -> changes.add(new Change(record, fill.vector())));
    }
    return changes;
  }

  private static Predicate<Entry> isStill(Fill fill) {
    return entry -> !entry.record().isTombstone() && entry.record().stamp().equals(fill.stamp());
  }

  /** Gives stamps. */
  interface Stamps {
    Stamp next();
  }
}
