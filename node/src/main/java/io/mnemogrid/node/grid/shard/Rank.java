package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;
import java.util.Comparator;

/**
 * Which of two records of one id stands, on every replica alike: that of the later stamp. Two sides
 * of a split may have given the same stamp; then a deletion stands, and of two memories the one of
 * the greater number made from its bytes.
 */
public record Rank(Stamp stamp, boolean tombstone, long likeness) implements Comparable<Rank> {
  private static final Comparator<Rank> ORDER =
      Comparator.comparing(Rank::stamp)
          .thenComparing(Rank::tombstone)
          .thenComparingLong(Rank::likeness);

  static Rank of(MemoryRecord record) {
    return new Rank(record.stamp(), record.isTombstone(), record.likeness());
  }

  /** Whether a record takes the place of another; that of the same rank is the same record. */
  static boolean isBefore(MemoryRecord present, MemoryRecord next) {
    int byStamp = next.stamp().compareTo(present.stamp());
    return byStamp > 0 || byStamp == 0 && of(next).compareTo(of(present)) > 0;
  }

  @Override
  public int compareTo(Rank other) {
    return ORDER.compare(this, other);
  }
}
