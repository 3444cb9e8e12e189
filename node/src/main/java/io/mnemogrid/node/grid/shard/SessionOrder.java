package io.mnemogrid.node.grid.shard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

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
   * The memories of the session of {@code place} nearest to it, on either side.
   *
   * @param place a record, here or not
   * @param most on each side
   */
  List<Entry> around(MemoryRecord place, int most) {
    Entry probe = new Entry(place, Entry.NO_SLOT, 0, 0);
    List<Entry> around = new ArrayList<>(2 * most);
    take(entries.headSet(probe, false).descendingIterator(), place, most, around);
    take(entries.tailSet(probe, false).iterator(), place, most, around);
    return around;
  }

  private static void take(Iterator<Entry> from, MemoryRecord place, int most, List<Entry> into) {
    for (int i = 0; i < most && from.hasNext(); i++) {
      Entry next = from.next();
      if (!next.record().isOfSessionOf(place)) {
        return;
      }
      into.add(next);
    }
  }
}
