package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.vector.Hits;
import io.mnemogrid.vector.IndexClosedException;
import io.mnemogrid.vector.SlotFilter;
import io.mnemogrid.vector.VectorIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a part of a namespace: its records and the index over their vectors.
 *
 * <p>Its partition's thread writes, the indexer does the graph's work, any thread reads. A write is
 * seen by every read that begins after it.
 */
public final class Shard implements AutoCloseable {
  /** A search that overlaps this many replacements in a row is sent away, to be asked again. */
  private static final int SEARCH_ATTEMPTS = 64;

  private static final AtomicIntegerFieldUpdater<Shard> REPLACEMENTS =
      AtomicIntegerFieldUpdater.newUpdater(Shard.class, "replacements");

  private final ShardSpec spec;
  private final ShardEnvironment environment;
  private final RecordTable records = new RecordTable();
  private volatile @Nullable VectorIndex index;
  private volatile boolean closed;
  // Odd while a vector takes the place of another: a search in between could see both or neither,
  // so one that meets an odd or a changed value searches again.
  private volatile int replacements;

  Shard(ShardSpec spec, ShardEnvironment environment) {
    this.spec = spec;
    this.environment = environment;
  }

  Shard(ShardSpec spec, ShardEnvironment environment, @Nullable VectorIndex index) {
    this(spec, environment);
    this.index = index;
  }

  public ShardSpec spec() {
    return spec;
  }

  /** Memories, the expired ones that were not swept yet included. */
  public int size() {
    return records.live();
  }

  /** Whether so many vectors wait for the graph that writes should wait too. */
  public boolean isBehind() {
    VectorIndex present = index;
    return present != null && present.pending() > environment.pendingLimit();
  }

  /** The newest record of the id, a tombstone included. */
  Optional<Entry> newest(String id) {
    return Optional.ofNullable(records.find(id.getBytes(StandardCharsets.UTF_8)));
  }

  /** The memory of the id, if there is one that a reader may see at that time. */
  public Optional<Entry> find(String id, long unixSeconds) {
    return newest(id).filter(entry -> entry.record().isVisibleAt(unixSeconds));
  }

  /** Visits all memories that a reader may see at that time. */
  public void forEach(long unixSeconds, Consumer<Entry> visitor) {
    if (closed) {
      throw new ShardGoneException();
    }
    records.forEach(entry -> {
      if (entry.record().isVisibleAt(unixSeconds)) {
        visitor.accept(entry);
      }
    });
  }

  /**
   * Puts vectors into the index ahead of their records, all or none.
   *
   * @return a slot for each change, {@link Entry#NO_SLOT} where it brings no vector
   * @throws io.mnemogrid.vector.VectorIndexException if one does not fit or memory is exhausted
   */
  private int[] insertVectors(List<Change> changes) {
    int[] slots = new int[changes.size()];
    int done = 0;
    try {
      for (; done < slots.length; done++) {
        float[] vector = changes.get(done).vector();
        slots[done] = vector == null ? Entry.NO_SLOT : writableIndex().insert(vector);
      }
      return slots;
    } catch (RuntimeException e) {
      for (int i = 0; i < done; i++) {
        deleteVector(slots[i]);
      }
      throw e;
    }
  }

  /**
   * Applies changes, each only if it is newer than what is there.
   *
   * @throws io.mnemogrid.vector.VectorIndexException if a vector does not fit or memory is
   *     exhausted; nothing is changed then
   */
  void apply(List<Change> changes) {
    requireVectors(changes);
    int[] slots = insertVectors(changes);
    for (int i = 0; i < slots.length; i++) {
      apply(changes.get(i).record(), slots[i]);
    }
    announceWork();
  }

  /** Before anything is changed: each record brings a vector, or stands on one that does. */
  private void requireVectors(List<Change> changes) {
    Set<String> brought = new HashSet<>();
    for (Change change : changes) {
      MemoryRecord record = change.record();
      if (change.vector() != null) {
        brought.add(record.id());
      } else if (!record.isTombstone() && !brought.contains(record.id())) {
        Entry present = records.find(record.idBytes());
        if (present == null || present.slot() == Entry.NO_SLOT) {
          throw new IllegalStateException(
              "a record came without its vector: the replica missed a change");
        }
      }
    }
  }

  private void apply(MemoryRecord record, int insertedSlot) {
    Entry present = records.find(record.idBytes());
    if (present != null && !record.stamp().isAfter(present.record().stamp())) {
      deleteVector(insertedSlot);
      return;
    }
    int slot = insertedSlot;
    if (slot == Entry.NO_SLOT && !record.isTombstone() && present != null) {
      slot = present.slot();
    }
    boolean replaces =
        present != null
            && present.slot() != Entry.NO_SLOT
            && slot != Entry.NO_SLOT
            && present.slot() != slot;
    if (replaces) {
      REPLACEMENTS.incrementAndGet(this);
    }
    records.put(
        new Entry(
            record,
            slot,
            present == null ? 0 : present.accessCount(),
            present == null ? record.updatedAt() : present.lastAccessedAt()));
    if (present != null && present.slot() != slot) {
      deleteVector(present.slot());
    }
    if (replaces) {
      REPLACEMENTS.incrementAndGet(this);
    }
  }

  /** Takes over an entry of an image, whose vector is in the index already. */
  void adopt(Entry entry) {
    records.put(entry);
  }

  /** Drops tombstones set before that time. */
  int purgeTombstones(long unixSeconds) {
    return records.purge(record -> record.updatedAt() < unixSeconds);
  }

  /**
   * The memories most similar to the query.
   *
   * @param query {@code float[dimension]}
   * @return at most {@code k}, best first
   * @throws ShardGoneException if the shard is closed, or replaced faster than it can be searched
   */
  public List<Candidate> search(float[] query, int k, MemoryFilter filter, long unixSeconds) {
    for (int attempt = 0; attempt < SEARCH_ATTEMPTS; attempt++) {
      int before = replacements;
      if ((before & 1) == 0) {
        List<Candidate> found = searchOnce(query, k, filter, unixSeconds);
        if (replacements == before) {
          return found;
        }
      }
      Thread.onSpinWait();
    }
    throw new ShardGoneException();
  }

  private List<Candidate> searchOnce(float[] query, int k, MemoryFilter filter, long unixSeconds) {
    VectorIndex present = index;
    if (closed) {
      throw new ShardGoneException();
    }
    if (present == null) {
      return List.of();
    }
    boolean everyField = filter.isEmpty();
    SlotFilter visible =
        slot -> {
          Entry entry = records.inSlot(slot);
          return entry != null
              && entry.record().isVisibleAt(unixSeconds)
              && (everyField || entry.record().passes(filter));
        };
    try (VectorIndex.Reader reader = present.openReader()) {
      Hits hits = reader.search(query, environment.searchFor(k).withFilter(visible));
      List<Candidate> candidates = new ArrayList<>(hits.count());
      for (int i = 0; i < hits.count(); i++) {
        Entry entry = records.inSlot(hits.slot(i));
        if (entry != null && entry.record().isVisibleAt(unixSeconds)) {
          MemoryRecord record = entry.record();
          candidates.add(
              new Candidate(record.id(), hits.score(i), record.importance(), record.updatedAt()));
        }
      }
      return candidates;
    } catch (IndexClosedException e) {
      throw new ShardGoneException();
    }
  }

  /**
   * Does graph work; the indexer's thread.
   *
   * @return operations done; 0 also when there is work that must wait for older readers
   */
  public int maintain(int operations) {
    VectorIndex present = index;
    if (present == null || closed) {
      return 0;
    }
    try {
      return present.maintain(operations);
    } catch (IndexClosedException e) {
      return 0;
    }
  }

  /** Whether there is graph work to do. */
  public boolean hasGraphWork() {
    VectorIndex present = index;
    return present != null && !closed && present.pending() > 0;
  }

  @Nullable VectorIndex index() {
    return index;
  }

  /** The entry as a replica without it would have to apply it. */
  Change changeOf(Entry entry) {
    VectorIndex present = index;
    return new Change(
        entry.record(),
        entry.slot() == Entry.NO_SLOT || present == null ? null : present.vector(entry.slot()));
  }

  /** Entries in an order that does not depend on the replica's history. */
  List<Entry> entries() {
    List<Entry> all = new ArrayList<>(records.used());
    records.forEach(all::add);
    all.sort(Comparator.comparing(entry -> entry.record().id()));
    return all;
  }

  void announceWork() {
    if (hasGraphWork()) {
      environment.hasWork(this);
    }
  }

  private VectorIndex writableIndex() {
    VectorIndex present = index;
    if (present == null) {
      present = new VectorIndex(environment.optionsFor(spec), environment.memory());
      index = present;
    }
    return present;
  }

  private void deleteVector(int slot) {
    if (slot != Entry.NO_SLOT) {
      writableIndex().delete(slot);
    }
  }

  /** Takes the shards that match out of the collection, and closes them. */
  static void closeWhere(Collection<Shard> shards, Predicate<Shard> matching) {
    shards.removeIf(shard -> {
      boolean matches = matching.test(shard);
      if (matches) {
        shard.close();
      }
      return matches;
    });
  }

  @Override
  public void close() {
    closed = true;
    VectorIndex present = index;
    if (present != null) {
      present.close();
    }
  }
}
