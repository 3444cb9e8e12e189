package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.lexical.LexicalIndex;
import io.mnemogrid.node.lexical.LexicalIndexClosedException;
import io.mnemogrid.node.lexical.LexicalQuery;
import io.mnemogrid.node.lexical.LexicalSearch;
import io.mnemogrid.node.lexical.Statistics;
import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.node.recall.Statement;
import io.mnemogrid.vector.IndexClosedException;
import io.mnemogrid.vector.SearchParameters;
import io.mnemogrid.vector.VectorIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
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
  private static final AtomicIntegerFieldUpdater<Shard> REPLACEMENTS =
      AtomicIntegerFieldUpdater.newUpdater(Shard.class, "replacements");

  private final ShardSpec spec;
  private final ShardEnvironment environment;
  private final RecordTable records = new RecordTable();
  private final SessionOrder sessions = new SessionOrder();
  private volatile @Nullable VectorIndex index;
  private volatile @Nullable LexicalIndex lexical;
  private volatile boolean closed;
  // Odd while a vector takes the place of another: a search in between could see both or neither,
  // so one that meets an odd or a changed value searches again.
  private volatile int replacements;

  Shard(ShardSpec spec, ShardEnvironment environment) {
    this.spec = spec;
    this.environment = environment;
  }

  Shard(
      ShardSpec spec,
      ShardEnvironment environment,
      @Nullable VectorIndex index,
      @Nullable LexicalIndex lexical) {
    this(spec, environment);
    this.index = index;
    this.lexical = lexical;
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

  /** Whether the id has a vector here that a change without one would keep. */
  boolean hasVector(String id) {
    return newest(id).filter(entry -> entry.slot() != Entry.NO_SLOT).isPresent();
  }

  /** The memory of the id, if there is one that a reader may see at that time. */
  public Optional<Entry> find(String id, long unixSeconds) {
    return newest(id).filter(entry -> entry.record().isVisibleAt(unixSeconds));
  }

  /** Visits all memories that a reader may see at that time. */
  public void forEach(long unixSeconds, Consumer<Entry> visitor) {
    if (closed) {
      throw new ShardGoneException(spec);
    }
    records.forEach(entry -> {
      if (entry.record().isVisibleAt(unixSeconds)) {
        visitor.accept(entry);
      }
    });
  }

  /**
   * Applies changes, each only if it is newer than what is there; throws as {@link Prepared#of}.
   */
  void apply(List<Change> changes) {
    Prepared.of(this, changes).apply();
  }

  /** Puts a vector into the index, ahead of its record. */
  int insert(float[] vector) {
    return writableIndex().insert(vector);
  }

  /**
   * Applies a change if it is newer than what is there.
   *
   * @param insertedSlot of its vector, or {@link Entry#NO_SLOT}
   */
  void apply(MemoryRecord record, int insertedSlot) {
    Entry present = records.find(record.idBytes());
    if (present != null && !Rank.isBefore(present.record(), record)) {
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
    Entry entry =
        new Entry(
            record,
            slot,
            present == null ? 0 : present.accessCount(),
            present == null ? record.updatedAt() : present.lastAccessedAt());
    // The words before the entry, the entry before the session: what is found can be read.
    if (slot != Entry.NO_SLOT && slot == insertedSlot) {
      writableLexical().put(slot, environment.analysisOf(spec).document(record.content()));
    }
    records.put(entry);
    if (present != null) {
      sessions.remove(present);
    }
    sessions.add(entry);
    if (present != null && present.slot() != slot) {
      forgetWords(present.slot());
      deleteVector(present.slot());
    }
    if (replaces) {
      REPLACEMENTS.incrementAndGet(this);
    }
  }

  /** Takes over an entry of an image, whose vector is in the index already. */
  void adopt(Entry entry) {
    records.put(entry);
    sessions.add(entry);
  }

  /** Drops tombstones set before that time. */
  int purgeTombstones(long unixSeconds) {
    return records.purge(record -> record.updatedAt() < unixSeconds);
  }

  /** Whether {@link #compact} would give back much; any thread. */
  public boolean isSparse() {
    VectorIndex present = index;
    return present != null && !closed && present.isSparse();
  }

  /**
   * Moves memories into slots that others have left, and gives back the memory behind the last.
   * What it moves has to be linked into the graph anew, so it leaves off before writes would wait
   * for that.
   *
   * @param most memories to move, few: searches wait meanwhile
   * @return whether there is more to do at once
   */
  public boolean compact(int most) {
    VectorIndex present = index;
    if (present == null || closed) {
      return false;
    }
    int moved = 0;
    REPLACEMENTS.incrementAndGet(this);
    try {
      int halfBehind = environment.pendingLimit() / 2;
      while (moved < most && present.pending() <= halfBehind && moveLast(present)) {
        moved++;
      }
    } finally {
      REPLACEMENTS.incrementAndGet(this);
    }
    present.trim();
    records.trim();
    announceWork();
    return moved == most;
  }

  private boolean moveLast(VectorIndex present) {
    int last = present.slotEnd() - 1;
    Entry entry = last < 0 ? null : records.inSlot(last);
    int lower = entry == null ? last : present.moveDown(last);
    if (entry == null || lower == last) {
      return false;
    }
    Entry moved = entry.in(lower);
    writableLexical().move(last, lower);
    records.put(moved);
    sessions.remove(entry);
    sessions.add(moved);
    return true;
  }

  /**
   * Begins a search.
   *
   * @return null when there is nothing to find yet
   * @throws ShardGoneException if the shard is closed
   */
  @Nullable ShardView view(@Nullable LexicalQuery query, RecordFilter filter, long unixSeconds) {
    Opened opened = openReader();
    if (opened == null) {
      return null;
    }
    VectorIndex.Reader reader = opened.reader();
    try {
      // After the reader: while that is open, no slot is given to another memory.
      LexicalSearch words = openWords(query);
      return new ShardView(this, reader, words, opened.replacements(), filter, unixSeconds);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** A reader from a moment when no vector was taking the place of another. */
  private record Opened(VectorIndex.Reader reader, int replacements) {}

  private @Nullable LexicalSearch openWords(@Nullable LexicalQuery query) {
    LexicalIndex present = lexical;
    try {
      return present == null || query == null ? null : present.search(query);
    } catch (LexicalIndexClosedException e) {
      throw new ShardGoneException(spec);
    }
  }

  private @Nullable Opened openReader() {
    VectorIndex present = index;
    if (closed) {
      throw new ShardGoneException(spec);
    }
    try {
      if (present == null) {
        return null;
      }
      while (true) {
        int before = replacements;
        if ((before & 1) == 0) {
          VectorIndex.Reader reader = present.openReader();
          // Else an entry may name a slot that was left before the reader was opened.
          if (isUndisturbedSince(before)) {
            return new Opened(reader, before);
          }
          reader.close();
        }
        Thread.onSpinWait();
      }
    } catch (IndexClosedException e) {
      throw new ShardGoneException(spec);
    }
  }

  /**
   * The vector of the memory of that id; any thread.
   *
   * @throws ShardGoneException if the shard is closed
   */
  public Optional<float[]> vector(String id, long unixSeconds) {
    Opened opened = openReader();
    if (opened == null) {
      return Optional.empty();
    }
    try (VectorIndex.Reader reader = opened.reader()) {
      return find(id, unixSeconds).map(entry -> reader.vector(entry.slot()));
    }
  }

  /** Whether there are memories that time alone makes invisible. */
  boolean hasExpiring() {
    return records.expiring() > 0;
  }

  boolean isUndisturbedSince(int replacementsThen) {
    return replacements == replacementsThen;
  }

  @Nullable Entry inSlot(int slot) {
    return records.inSlot(slot);
  }

  /** The time of the memory in the slot, as {@link TimeWindow#cut} has it. */
  int timeInSlot(int slot) {
    return records.timeInSlot(slot);
  }

  List<Entry> around(Place place, int most, Predicate<Entry> wanted) {
    return sessions.around(RecordWriter.at(place), most, wanted);
  }

  /** As {@link ShardEnvironment#idle}. */
  Executor idle() {
    return environment.idle();
  }

  /** As {@link ShardEnvironment#searchFor}. */
  SearchParameters searchFor(int most, int largest) {
    return environment.searchFor(most, largest);
  }

  /** The words of the memories, by the slots of their vectors; null while there are none. */
  @Nullable LexicalIndex lexical() {
    return lexical;
  }

  /** How often these words occur here; any thread. */
  public Statistics statistics(List<String> terms) {
    LexicalIndex present = lexical;
    try {
      return present == null ? Statistics.none(terms.size()) : present.statistics(terms);
    } catch (LexicalIndexClosedException e) {
      throw new ShardGoneException(spec);
    }
  }

  /** What a content in the shard's language says. */
  Statement statementOf(String content) {
    return Statement.of(content, spec.language());
  }

  /**
   * Does graph work; any thread.
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

  /** Entries with newer stamps, tombstones too, in no order. */
  List<Entry> entriesAfter(Stamp stamp) {
    List<Entry> newer = new ArrayList<>();
    records.forEach(entry -> {
      if (entry.record().stamp().isAfter(stamp)) {
        newer.add(entry);
      }
    });
    return newer;
  }

  /** Entries in an order that does not depend on the replica's history. */
  List<Entry> entries() {
    return records.inOrderOfIds();
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

  private LexicalIndex writableLexical() {
    LexicalIndex present = lexical;
    if (present == null) {
      present = new LexicalIndex(environment.terms());
      lexical = present;
    }
    return present;
  }

  private void forgetWords(int slot) {
    if (slot != Entry.NO_SLOT) {
      writableLexical().remove(slot);
    }
  }

  void deleteVector(int slot) {
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
    LexicalIndex words = lexical;
    if (words != null) {
      words.close();
    }
  }
}
