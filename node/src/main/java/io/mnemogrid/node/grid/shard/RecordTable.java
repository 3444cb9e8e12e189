package io.mnemogrid.node.grid.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Entries by id and by slot. One writer; readers see each change entirely or not at all, without a
 * lock: an id keeps its place in the open-addressing table from its first record to the purge of
 * its tombstone, so nothing ever moves under a reader but by a new table.
 */
final class RecordTable {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Entry[].class);
  private static final int MIN_CAPACITY = 8;
  private static final int MIN_SLOTS = 4;

  /** So many times the places that are needed are too many. */
  private static final int SPARE_FACTOR = 4;

  private volatile @Nullable Entry[] byId = new @Nullable Entry[MIN_CAPACITY];
  private volatile @Nullable Entry[] bySlot = new @Nullable Entry[0];

  /** By slot, at least as long: so a filter by time reads no record that is of another. */
  private volatile int[] times = new int[0];

  private int used;
  private volatile int live;
  private volatile int expiring;

  /** Entries that are no tombstones. */
  int live() {
    return live;
  }

  /** Entries of memories that expire one day. */
  int expiring() {
    return expiring;
  }

  /** Entries with tombstones. */
  int used() {
    return used;
  }

  @Nullable Entry find(byte[] id) {
    @Nullable Entry[] table = byId;
    int at = position(table, id);
    return (Entry) ELEMENT.getAcquire(table, at);
  }

  /** The entry whose vector is in the slot, or null. */
  @Nullable Entry inSlot(int slot) {
    @Nullable Entry[] slots = bySlot;
    return slot < slots.length ? (Entry) ELEMENT.getAcquire(slots, slot) : null;
  }

  /**
   * The time of the memory whose vector is in the slot, as {@link TimeWindow#cut} has it; any if
   * there is none.
   */
  int timeInSlot(int slot) {
    int[] all = times;
    return slot < all.length ? all[slot] : 0;
  }

  /** Puts the entry in the place of the present one of its id; returns that one. */
  @Nullable Entry put(Entry entry) {
    if ((used + 1) * 4 > byId.length * 3) {
      rebuild(byId.length * 2, kept -> true);
    }
    if (entry.slot() != Entry.NO_SLOT) {
      ensureSlot(entry.slot());
      times[entry.slot()] = TimeWindow.cut(entry.record().time());
      ELEMENT.setRelease(bySlot, entry.slot(), entry);
    }
    @Nullable Entry[] table = byId;
    int at = position(table, entry.record().idBytes());
    Entry before = table[at];
    ELEMENT.setRelease(table, at, entry);
    if (before == null) {
      used++;
    } else if (before.slot() != Entry.NO_SLOT && before.slot() != entry.slot()) {
      ELEMENT.setRelease(bySlot, before.slot(), null);
    }
    live += count(isLive(entry)) - count(before != null && isLive(before));
    expiring += count(expires(entry)) - count(before != null && expires(before));
    return before;
  }

  /** Drops tombstones that match; answers how many. */
  int purge(Predicate<MemoryRecord> outdated) {
    int before = used;
    rebuild(byId.length, entry -> !(entry.record().isTombstone() && outdated.test(entry.record())));
    trim();
    return before - used;
  }

  /** Gives back the room of more entries than there are by far. */
  void trim() {
    int capacity = byId.length;
    while (capacity > MIN_CAPACITY && used * SPARE_FACTOR < capacity) {
      capacity /= 2;
    }
    if (capacity < byId.length) {
      rebuild(capacity, kept -> true);
    }
    @Nullable Entry[] slots = bySlot;
    int end = slots.length;
    while (end > 0 && slots[end - 1] == null) {
      end--;
    }
    if (end * SPARE_FACTOR < slots.length) {
      bySlot = Arrays.copyOf(slots, end);
      times = Arrays.copyOf(times, end);
    }
  }

  /** Visits every entry, tombstones too; a reader may see an id whose record changes meanwhile. */
  void forEach(Consumer<Entry> visitor) {
    @Nullable Entry[] table = byId;
    for (int i = 0; i < table.length; i++) {
      Entry entry = (Entry) ELEMENT.getAcquire(table, i);
      if (entry != null) {
        visitor.accept(entry);
      }
    }
  }

  /** Every entry, tombstones too, in the order of the ids in UTF-8. */
  List<Entry> inOrderOfIds() {
    List<Named> all = new ArrayList<>(used());
    forEach(entry -> all.add(new Named(entry.record().idBytes(), entry)));
    all.sort((a, b) -> Arrays.compareUnsigned(a.id(), b.id()));
    return all.stream().map(Named::entry).toList();
  }

  /** An entry with its id, which costs too much to be cut out for each comparison. */
  private record Named(byte[] id, Entry entry) {}

  private void rebuild(int capacity, Predicate<Entry> keep) {
    @Nullable Entry[] bigger = new @Nullable Entry[capacity];
    int count = 0;
    for (Entry entry : byId) {
      if (entry != null && keep.test(entry)) {
        bigger[position(bigger, entry.record().idBytes())] = entry;
        count++;
      }
    }
    used = count;
    byId = bigger;
  }

  private void ensureSlot(int slot) {
    @Nullable Entry[] slots = bySlot;
    if (slot >= slots.length) {
      int length = Math.max(Math.max(MIN_SLOTS, slot + 1), slots.length * 3 / 2);
      times = Arrays.copyOf(times, length);
      bySlot = Arrays.copyOf(slots, length);
    }
  }

  private static boolean isLive(Entry entry) {
    return !entry.record().isTombstone();
  }

  private static boolean expires(Entry entry) {
    return isLive(entry) && entry.record().expiresAtOrNever() != Long.MAX_VALUE;
  }

  private static int count(boolean is) {
    return is ? 1 : 0;
  }

  /** The place of the id, or the free one where it would be put. */
  private static int position(@Nullable Entry[] table, byte[] id) {
    int mask = table.length - 1;
    int at = spread(Arrays.hashCode(id)) & mask;
    while (true) {
      Entry entry = (Entry) ELEMENT.getAcquire(table, at);
      if (entry == null || entry.record().isOf(id)) {
        return at;
      }
      at = (at + 1) & mask;
    }
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
