package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** One replica of a partition: all the shards in it, and the order of its writes. */
public final class PartitionContainer {
  /** Raised at each formation of the cluster, once data outlives it. */
  private static final int INCARNATION = 1;

  private static final long NEVER_LOST = Long.MIN_VALUE;

  private final ShardEnvironment environment;
  private final Map<Long, Shard> shards = new ConcurrentHashMap<>();
  private final RecentTokens tokens = new RecentTokens();
  private final PriorityQueue<Expiry> expiries =
      new PriorityQueue<>(Comparator.comparingLong(Expiry::at));
  private volatile long nextExpiryAt = Long.MAX_VALUE;
  private Stamp last = Stamp.NONE;
  private volatile boolean handedOff;
  private volatile long lostAt = NEVER_LOST;

  private record Expiry(long at, ShardSpec shard, String id) {}

  public PartitionContainer(ShardEnvironment environment) {
    this.environment = environment;
  }

  /**
   * What a write did.
   *
   * @param entries the newest entry of each id, in the order they were named; null where there is
   *     none
   * @param changes what the replicas have to apply; empty when the write had been done before
   */
  public record Outcome(List<@Nullable Entry> entries, List<Change> changes) {}

  /** Any thread; null when nothing was ever written to the shard here. */
  public @Nullable Shard shard(long key) {
    return shards.get(key);
  }

  /** Any thread. */
  public Collection<Shard> shards() {
    return shards.values();
  }

  /**
   * Whether the last of this partition was sent to its next owner, so that reads must go there.
   * Until the partition table says so too, only this flag keeps a stale read from being answered.
   */
  public boolean isHandedOff() {
    return handedOff;
  }

  public void handedOff(boolean nowHandedOff) {
    handedOff = nowHandedOff;
  }

  /** Notes that all replicas were lost together at that time, in unix seconds. */
  public void lostAt(long unixSeconds) {
    lostAt = Math.max(lostAt, unixSeconds);
  }

  long lostAt() {
    return lostAt;
  }

  /** Whether memories of a namespace that was made at that time may be missing here. */
  public boolean maybeShort(long namespaceCreatedAt) {
    return namespaceCreatedAt <= lostAt;
  }

  public boolean wasDone(long token) {
    return tokens.contains(token);
  }

  /** Remembers that the write of this token is done; on every replica. */
  public void done(long token) {
    tokens.add(token);
  }

  /**
   * Writes as the owner: gives the stamps and applies.
   *
   * @param partitionVersion of the replica list under which this member is the owner
   */
  public Outcome write(ShardSpec spec, int partitionVersion, List<MemoryWrite> writes, long now) {
    Shard shard = openShard(spec);
    List<Change> changes = new ArrayList<>(writes.size());
    // Two writes of one id in a batch: the second stands on the first.
    Map<String, MemoryRecord> staged = new HashMap<>();
    for (MemoryWrite write : writes) {
      @Nullable MemoryRecord present = staged.get(write.id());
      if (present == null) {
        present = shard.newest(write.id()).map(Entry::record).orElse(null);
      }
      boolean visible = present != null && present.isVisibleAt(now);
      if (write.mustExist() && !visible) {
        continue;
      }
      Stamp stamp = nextStamp(partitionVersion);
      MemoryRecord next;
      if (present == null || !visible) {
        next = RecordWriter.created(write, stamp);
      } else if (write.mustExist()) {
        next = RecordWriter.patched(present, write, stamp);
      } else {
        next = RecordWriter.replaced(present, write, stamp);
      }
      staged.put(write.id(), next);
      changes.add(new Change(next, write.vector()));
    }
    apply(shard, changes);
    // A replica that missed an older change would else keep an older vector under a newer stamp.
    changes.replaceAll(change ->
        change.vector() != null
            ? change
            : shard
                .newest(change.record().id())
                .map(entry -> new Change(change.record(), shard.changeOf(entry).vector()))
                .orElse(change));
    return new Outcome(present(shard, writes.stream().map(MemoryWrite::id).toList()), changes);
  }

  /** Forgets as the owner those of the named memories that pass the filter. */
  public Outcome forget(
      ShardSpec spec, int partitionVersion, List<String> ids, MemoryFilter filter, long now) {
    Shard shard = openShard(spec);
    RecordFilter passing = RecordFilter.of(filter);
    List<@Nullable Entry> forgotten = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (String id : ids.stream().distinct().toList()) {
      shard
          .find(id, now)
          .filter(entry -> passing.passes(entry.record()))
          .ifPresent(entry -> {
            forgotten.add(entry);
            changes.add(tombstone(entry.record(), partitionVersion, now));
          });
    }
    apply(shard, changes);
    return new Outcome(forgotten, changes);
  }

  /** The newest entries of these ids, null where there is no memory. */
  public List<@Nullable Entry> present(ShardSpec spec, List<String> ids) {
    return present(openShard(spec), ids);
  }

  /** Those of the named memories that are deleted. */
  public List<@Nullable Entry> tombstones(ShardSpec spec, List<String> ids) {
    return ids.stream()
        .distinct()
        .<@Nullable Entry>map(id -> openShard(spec).newest(id).orElse(null))
        .filter(entry -> entry != null && entry.record().isTombstone())
        .toList();
  }

  /** What brings a replica to the present state of these ids. */
  public List<Change> changesOf(ShardSpec spec, List<String> ids) {
    Shard shard = openShard(spec);
    List<Change> changes = new ArrayList<>();
    for (String id : ids.stream().distinct().toList()) {
      shard.newest(id).ifPresent(entry -> changes.add(shard.changeOf(entry)));
    }
    return changes;
  }

  /** Applies changes that the owner made. */
  public void apply(ShardSpec spec, List<Change> changes) {
    apply(openShard(spec), changes);
  }

  /** Whether memories may be past their time; any thread. */
  public boolean hasExpiredAt(long now) {
    return nextExpiryAt <= now;
  }

  /** Sets tombstones for memories past their time, as the owner; at most {@code limit}. */
  public Map<ShardSpec, List<Change>> expire(int partitionVersion, long now, int limit) {
    Map<ShardSpec, List<Change>> expired = new LinkedHashMap<>();
    for (int i = 0; i < limit && nextExpiryAt <= now; i++) {
      Expiry expiry = takeFirstExpiry();
      @Nullable Shard shard = shards.get(expiry.shard().key());
      Optional<Entry> entry = shard == null ? Optional.empty() : shard.newest(expiry.id());
      entry
          .map(Entry::record)
          .filter(record -> !record.isTombstone() && record.expiresAtOrNever() <= now)
          .ifPresent(record ->
              expired
                  .computeIfAbsent(expiry.shard(), spec -> new ArrayList<>())
                  .add(tombstone(record, partitionVersion, now)));
    }
    expired.forEach(this::apply);
    return expired;
  }

  /** Drops tombstones set before that time. */
  public int purgeTombstones(long unixSeconds) {
    int purged = 0;
    for (Shard shard : shards.values()) {
      purged += shard.purgeTombstones(unixSeconds);
    }
    return purged;
  }

  /** Drops the shards of the namespaces that match. */
  public void dropNamespaces(LongPredicate namespaceUid) {
    Shard.closeWhere(shards.values(), shard -> namespaceUid.test(shard.spec().namespaceUid()));
  }

  /** Drops everything. */
  public void clear() {
    dropNamespaces(uid -> true);
    tokens.clear();
    last = Stamp.NONE;
    lostAt = NEVER_LOST;
    handedOff = false;
    expiries.clear();
    nextExpiryAt = Long.MAX_VALUE;
  }

  /** The newest stamp that was given or applied here. */
  Stamp last() {
    return last;
  }

  RecentTokens tokens() {
    return tokens;
  }

  ShardEnvironment environment() {
    return environment;
  }

  /**
   * Takes the owner's image in place of what is here, but for changes that came after it was made.
   */
  public void install(PartitionImage image) {
    tokens.addAll(image.tokens());
    for (Shard incoming : image.shards()) {
      @Nullable Shard present = shards.get(incoming.spec().key());
      if (present != null) {
        incoming.apply(newer(present, image.last()));
      }
      shards.put(incoming.spec().key(), incoming);
      image.handOver(incoming);
      incoming.announceWork();
      if (present != null) {
        present.close();
      }
    }
    Shard.closeWhere(
        shards.values(),
        shard -> !image.has(shard.spec().key()) && newer(shard, image.last()).isEmpty());
    last = later(last, image.last());
    lostAt(image.lostAt());
    expiries.clear();
    nextExpiryAt = Long.MAX_VALUE;
    shards.values().forEach(this::noteExpiries);
  }

  /** What came to the shard after the image was made. */
  private static List<Change> newer(Shard shard, Stamp image) {
    return shard.entries().stream()
        .filter(entry -> entry.record().stamp().isAfter(image))
        .map(shard::changeOf)
        .toList();
  }

  private static Stamp later(Stamp one, Stamp other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Forgets the times of memories that are gone; the owner alone sets tombstones for the others.
   */
  public void dropPastExpiries(long now) {
    while (nextExpiryAt <= now) {
      Expiry first = expiries.element();
      @Nullable Shard shard = shards.get(first.shard().key());
      boolean gone =
          shard == null
              || shard.newest(first.id()).filter(entry -> !entry.record().isTombstone()).isEmpty();
      if (!gone) {
        return;
      }
      takeFirstExpiry();
    }
  }

  private Expiry takeFirstExpiry() {
    Expiry first = expiries.remove();
    nextExpiryAt = expiries.isEmpty() ? Long.MAX_VALUE : expiries.element().at();
    return first;
  }

  private void apply(Shard shard, List<Change> changes) {
    shard.apply(changes);
    for (Change change : changes) {
      MemoryRecord record = change.record();
      last = later(last, record.stamp());
      noteExpiry(shard.spec(), record);
    }
  }

  private void noteExpiries(Shard shard) {
    for (Entry entry : shard.entries()) {
      noteExpiry(shard.spec(), entry.record());
    }
  }

  private void noteExpiry(ShardSpec spec, MemoryRecord record) {
    long at = record.expiresAtOrNever();
    if (at != Long.MAX_VALUE && !record.isTombstone()) {
      expiries.add(new Expiry(at, spec, record.id()));
      nextExpiryAt = Math.min(nextExpiryAt, at);
    }
  }

  private Change tombstone(MemoryRecord record, int partitionVersion, long now) {
    return new Change(RecordWriter.tombstone(record, nextStamp(partitionVersion), now), null);
  }

  private Stamp nextStamp(int partitionVersion) {
    last = new Stamp(INCARNATION, partitionVersion, last.sequence() + 1);
    return last;
  }

  private static List<@Nullable Entry> present(Shard shard, List<String> ids) {
    List<@Nullable Entry> entries = new ArrayList<>(ids.size());
    for (String id : ids) {
      entries.add(shard.newest(id).filter(entry -> !entry.record().isTombstone()).orElse(null));
    }
    return entries;
  }

  private Shard openShard(ShardSpec spec) {
    return shards.computeIfAbsent(spec.key(), key -> new Shard(spec, environment));
  }
}
