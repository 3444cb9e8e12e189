package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Some of a shard's memories, in the order of their stamps. Who goes on from page to page, until
 * there is no more, has at that moment exactly what the shard holds: what was not written since has
 * come before, and what was comes again, as it has a newer stamp.
 *
 * @param copies with tombstones, but for those that were there when the first page was made
 * @param upTo stamp of the last of them, or where it went on from
 * @param begun the newest stamp in the shard when the first page was made
 * @param more whether there are others after these
 * @param memories how many the shard holds now
 */
public record ShardPage(List<Copied> copies, Stamp upTo, Stamp begun, boolean more, int memories) {
  /** About so many bytes of records and vectors, of one memory more at most. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST = 1_024;

  private static final Comparator<Entry> BY_STAMP =
      Comparator.comparing(entry -> entry.record().stamp());

  /** Of a shard that nothing was ever written to. */
  public static ShardPage ofNothing(Stamp upTo) {
    return new ShardPage(List.of(), upTo, Stamp.NONE, false, 0);
  }

  /**
   * The memories next after a stamp; on the partition's thread.
   *
   * @param begun as the first page says; none for the first
   */
  public static ShardPage after(Shard shard, Stamp after, Stamp begun) {
    List<Entry> newer = shard.entriesAfter(after);
    Stamp first = begun;
    if (after.equals(Stamp.NONE)) {
      first = newest(newer);
    }
    Stamp floor = first;
    newer.removeIf(entry -> entry.record().isTombstone() && !entry.record().stamp().isAfter(floor));
    PriorityQueue<Entry> next = new PriorityQueue<>(MOST + 1, BY_STAMP.reversed());
    for (Entry entry : newer) {
      next.add(entry);
      if (next.size() > MOST) {
        next.remove();
      }
    }
    List<Entry> ordered = new ArrayList<>(next);
    ordered.sort(BY_STAMP);
    List<Copied> copies = new ArrayList<>(ordered.size());
    Stamp upTo = after;
    long bytes = 0;
    for (int i = 0; i < ordered.size() && bytes < MOST_BYTES; i++) {
      Entry entry = ordered.get(i);
      Change change = shard.changeOf(entry);
      copies.add(new Copied(change, entry.accessCount(), entry.lastAccessedAt()));
      bytes += change.record().bytes().length + (long) shard.spec().dimension() * Float.BYTES;
      upTo = entry.record().stamp();
    }
    return new ShardPage(copies, upTo, floor, copies.size() < newer.size(), shard.size());
  }

  private static Stamp newest(List<Entry> entries) {
    Stamp newest = Stamp.NONE;
    for (Entry entry : entries) {
      Stamp stamp = entry.record().stamp();
      newest = stamp.isAfter(newest) ? stamp : newest;
    }
    return newest;
  }
}
