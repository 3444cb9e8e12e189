package io.mnemogrid.node.grid.shard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;

/**
 * The memories of a shard that belong to a session, in the order of their sessions. One writer, any
 * number of readers.
 */
final class SessionOrder {
  private final NavigableSet<Entry> entries =
      new ConcurrentSkipListSet<>(Comparator.comparing(Entry::record, MemoryRecord::bySession));

  void add(Entry entry) {
    if (isOrdered(entry)) {
      entries.add(entry);
    }
  }

  void remove(Entry entry) {
    if (isOrdered(entry)) {
      entries.remove(entry);
    }
  }

  private static boolean isOrdered(Entry entry) {
    return !entry.record().isTombstone() && entry.record().hasSession();
  }

  /**
   * The memories of the session of {@code place} nearest to it, on either side, of those wanted.
   * The others are passed over, so that it does not matter in which shards they are.
   *
   * @param place a record, here or not
   * @param most on each side
   */
  List<Entry> around(MemoryRecord place, int most, Predicate<Entry> wanted) {
    Entry probe = new Entry(place, Entry.NO_SLOT, 0, 0);
    List<Entry> around = new ArrayList<>(2 * most);
    for (NavigableSet<Entry> side :
        List.of(entries.headSet(probe, false).descendingSet(), entries.tailSet(probe, false))) {
      int left = most;
      for (Entry next : side) {
        if (left == 0 || !next.record().isOfSessionOf(place)) {
          break;
        }
        if (wanted.test(next)) {
          around.add(next);
          left--;
        }
      }
    }
    return around;
  }
}
