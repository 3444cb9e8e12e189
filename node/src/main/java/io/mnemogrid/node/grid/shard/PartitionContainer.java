package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One replica of a partition: all the shards in it, and the order of its writes. */
public final class PartitionContainer {
  /** The time of a loss that has not been. */
  public static final long NEVER_LOST = Long.MIN_VALUE;

  private static final int GRAPH_OPERATIONS_AT_ONCE = 1_000;

  private final ShardEnvironment environment;
  private final Map<Long, Shard> shards = new ConcurrentHashMap<>();
  private final RecentTokens tokens = new RecentTokens();
  private final KeptAnswers answers;
  private final Expiries expiries = new Expiries();
  private final Stamps stamps = new Stamps();
  private volatile boolean handedOff;
  private volatile long lostAt = NEVER_LOST;

  public PartitionContainer(ShardEnvironment environment) {
    this(environment, AnswerLimits.DEFAULTS);
  }

  public PartitionContainer(ShardEnvironment environment, AnswerLimits limits) {
    this.environment = environment;
    this.answers = new KeptAnswers(limits);
  }

  /**
   * What a write did.
   *
   * @param entries the newest entry of each id, in the order they were named; null where there is
   *     none
   * @param changes of each shard, that the replicas have to apply
   */
  public record Outcome(List<@Nullable Entry> entries, Map<ShardSpec, List<Change>> changes) {}

  /** Any thread; null when nothing was ever written to the shard here. */
  public @Nullable Shard shard(long key) {
    return shards.get(key);
  }

  /** Whether so many vectors of the shard wait for the graph that writes should wait too. */
  public boolean isBehind(ShardSpec spec) {
    @Nullable Shard shard = shards.get(spec.key());
    return shard != null && shard.isBehind();
  }

  /** Does all that is to be done on the graphs now, beside the indexer. */
  public void finishGraphs() {
    for (Shard shard : shards.values()) {
      int done = 1;
      while (done > 0) {
        done = shard.maintain(GRAPH_OPERATIONS_AT_ONCE);
      }
    }
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

  /** Notes that what was lost later than that is there again. */
  public void foundAgain(long unixSeconds) {
    lostAt = Math.min(lostAt, unixSeconds);
  }

  /**
   * Takes what is here for all there is.
   *
   * @return whether it was not before
   */
  public boolean acceptLoss() {
    boolean wasShort = lostAt != NEVER_LOST;
    lostAt = NEVER_LOST;
    return wasShort;
  }

  /** When all replicas were lost together, or {@link #NEVER_LOST}. */
  public long lostAt() {
    return lostAt;
  }

  /** Whether memories of a namespace that was made at that time may be missing here. */
  public boolean maybeShort(long namespaceCreatedAt) {
    return namespaceCreatedAt <= lostAt;
  }

  public boolean wasDone(long token) {
    return tokens.contains(token);
  }

  /** The write of this token, which is one that {@link #wasDone}. */
  public DoneWrite done(long token) {
    return new DoneWrite(token, tokens.stamp(token));
  }

  /** Remembers, as the owner, that the write of this token has made these changes. */
  public DoneWrite done(long token, Map<ShardSpec, List<Change>> changes) {
    Stamp given =
        changes.values().stream()
            .flatMap(List::stream)
            .map(change -> change.record().stamp())
            .max(Comparator.naturalOrder())
            .orElse(stamps.last());
    DoneWrite write = new DoneWrite(token, given);
    done(write);
    return write;
  }

  /** Remembers a write that the owner has done. */
  public void done(DoneWrite write) {
    if (!write.isNone()) {
      tokens.add(write);
    }
  }

  /** Whether one of these was changed by another since the write of this token was done. */
  public boolean hasMovedOn(long token, List<ShardSpec> spaces, List<String> ids) {
    Stamp done = tokens.stamp(token);
    return ids.stream()
        .flatMap(id -> newest(spaces, id).stream())
        .anyMatch(entry -> entry.record().stamp().isAfter(done));
  }

  /** The answers that are kept for writes that may be sent again; on the partition's thread. */
  public KeptAnswers answers() {
    return answers;
  }

  /** The version of the memory of that id, if there is one that a reader may see at that time. */
  public OptionalLong version(List<ShardSpec> spaces, String id, long unixSeconds) {
    return newest(spaces, id)
        .map(Entry::record)
        .filter(record -> record.isVisibleAt(unixSeconds))
        .stream()
        .mapToLong(MemoryRecord::version)
        .findFirst();
  }

  /**
   * Whether there is a newer space than those named, so that what is written to these alone would
   * be missing there.
   */
  public boolean isOutdated(List<ShardSpec> spaces) {
    ShardSpec first = spaces.getFirst();
    int newest = spaces.stream().mapToInt(ShardSpec::generation).max().orElseThrow();
    return shards.containsKey(first.keyIn(newest + 1));
  }

  /**
   * Writes as the owner: gives the stamps and applies.
   *
   * @param spaces one or two of the same part; a memory is as the newest of its records in them
   *     says
   * @param partitionVersion of the replica list under which this member is the owner
   */
  public Outcome write(List<ShardSpec> spaces, int partitionVersion, List<Draft> drafts, long now) {
    Map<ShardSpec, List<Change>> changes =
        new Drafting(this, spaces, partitionVersion, now).changes(drafts);
    apply(changes);
    changes.replaceAll(this::withVectors);
    return new Outcome(present(spaces, drafts.stream().map(Draft::id).toList()), changes);
  }

  /** A replica that missed an older change would else keep an older vector under a newer stamp. */
  private List<Change> withVectors(ShardSpec space, List<Change> changes) {
    Shard shard = openShard(space);
    return changes.stream()
        .map(change ->
            change.vector() != null
                ? change
                : shard
                    .newest(change.record().id())
                    .map(entry -> new Change(change.record(), shard.changeOf(entry).vector()))
                    .orElse(change))
        .toList();
  }

  /**
   * Forgets as the owner those of the named memories that pass the filter. Where all replicas were
   * lost together, one that is not here is forgotten too: the other side of a split may have it.
   */
  public Outcome forget(
      List<ShardSpec> spaces,
      int partitionVersion,
      List<String> ids,
      MemoryFilter filter,
      long now) {
    RecordFilter passing = RecordFilter.of(filter);
    boolean mayComeBack = lostAt != NEVER_LOST && filter.equals(MemoryFilter.ALL);
    List<@Nullable Entry> forgotten = new ArrayList<>();
    Map<ShardSpec, List<Change>> changes = noChanges(spaces);
    for (String id : ids.stream().distinct().toList()) {
      Entry visible =
          newest(spaces, id).filter(entry -> entry.record().isVisibleAt(now)).orElse(null);
      if (visible != null && passing.passes(visible.record())) {
        forgotten.add(visible);
        Change tombstone = tombstone(visible.record(), partitionVersion, now);
        changes.values().forEach(ofSpace -> ofSpace.add(tombstone));
      } else if (visible == null && mayComeBack) {
        Change tombstone =
            new Change(RecordWriter.tombstone(id, nextStamp(partitionVersion), now), null);
        changes.values().forEach(ofSpace -> ofSpace.add(tombstone));
      }
    }
    apply(changes);
    return new Outcome(forgotten, changes);
  }

  /**
   * Puts vectors into the space that is being filled, as the owner. A memory that changed since it
   * was embedded is left missing.
   */
  public Map<ShardSpec, List<Change>> fill(
      ShardSpec from, ShardSpec into, int partitionVersion, List<Fill> fills) {
    List<Change> changes =
        ShardMove.changes(
            openShard(from), openShard(into), fills, () -> nextStamp(partitionVersion));
    Map<ShardSpec, List<Change>> ofSpaces = noChanges(List.of(from, into));
    Objects.requireNonNull(ofSpaces.get(into)).addAll(changes);
    apply(ofSpaces);
    return ofSpaces;
  }

  /**
   * Takes along how often memories were read, as the owner.
   *
   * @return how many memories are missing in the space that is being filled
   */
  public int settle(ShardSpec from, ShardSpec into, long now) {
    return new ShardMove(openShard(from), openShard(into)).settle(now);
  }

  /**
   * Takes over memories of another shard as they are, as the owner. They get stamps of this
   * partition, so that a replica takes them for what came after its image was made.
   *
   * @return what brings a replica to the same, also where it missed the same memories before
   */
  public Map<ShardSpec, List<Change>> copyIn(
      ShardSpec into, int partitionVersion, List<Copied> copies) {
    Shard shard = openShard(into);
    apply(Map.of(into, ShardCopy.changes(shard, copies, () -> nextStamp(partitionVersion))));
    ShardCopy.carryAccesses(shard, copies);
    return changesOf(List.of(into), copies.stream().map(Copied::id).toList());
  }

  /** Takes along how often memories were read where they come from. */
  public void carryReads(ShardSpec into, List<ShardCopy.Reads> reads) {
    Shard shard = openShard(into);
    for (ShardCopy.Reads one : reads) {
      shard.newest(one.id()).ifPresent(entry -> entry.carryAccesses(one.count(), one.lastAt()));
    }
  }

  /** Takes over answers, and that memories may have been lost where they come from. */
  public void takeOver(List<KeptAnswer> others, long otherLostAt) {
    if (!others.isEmpty()) {
      answers.addAll(others);
    }
    lostAt(otherLostAt);
  }

  /** The newest entries of these ids, null where there is no memory. */
  public List<@Nullable Entry> present(List<ShardSpec> spaces, List<String> ids) {
    List<@Nullable Entry> entries = new ArrayList<>(ids.size());
    for (String id : ids) {
      entries.add(newest(spaces, id).filter(entry -> !entry.record().isTombstone()).orElse(null));
    }
    return entries;
  }

  /** Those of the named memories that are deleted. */
  public List<@Nullable Entry> tombstones(List<ShardSpec> spaces, List<String> ids) {
    return ids.stream()
        .distinct()
        .<@Nullable Entry>map(id -> newest(spaces, id).orElse(null))
        .filter(entry -> entry != null && entry.record().isTombstone())
        .toList();
  }

  /** What brings a replica to the present state of these ids. */
  public Map<ShardSpec, List<Change>> changesOf(List<ShardSpec> spaces, List<String> ids) {
    Map<ShardSpec, List<Change>> changes = noChanges(spaces);
    changes.forEach((space, ofSpace) -> {
      Shard shard = openShard(space);
      for (String id : ids.stream().distinct().toList()) {
        shard.newest(id).ifPresent(entry -> ofSpace.add(shard.changeOf(entry)));
      }
    });
    return changes;
  }

  static Map<ShardSpec, List<Change>> noChanges(List<ShardSpec> spaces) {
    Map<ShardSpec, List<Change>> none = new LinkedHashMap<>();
    spaces.forEach(space -> none.put(space, new ArrayList<>()));
    return none;
  }

  Optional<Entry> newest(List<ShardSpec> spaces, String id) {
    return spaces.stream()
        .flatMap(space -> openShard(space).newest(id).stream())
        .max(Comparator.comparing(entry -> entry.record().stamp()));
  }

  /** Whether memories may be past their time; any thread. */
  public boolean hasExpiredAt(long now) {
    return expiries.nextAt() <= now;
  }

  /**
   * Sets tombstones for memories past their time, as the owner.
   *
   * @param may whether those of a shard may be set now; the others stay for another time
   * @param limit most to look at
   */
  public Map<ShardSpec, List<Change>> expire(
      int partitionVersion, long now, Predicate<ShardSpec> may, int limit) {
    Map<ShardSpec, List<Change>> expired = new LinkedHashMap<>();
    for (Expiries.Due due : expiries.takeDue(now, may, limit, shards)) {
      expired
          .computeIfAbsent(due.shard(), _ -> new ArrayList<>())
          .add(tombstone(due.record(), partitionVersion, now));
    }
    apply(expired);
    return expired;
  }

  /**
   * Drops what is kept for some time only, and is past it.
   *
   * @param before when tombstones were set that are not needed any more
   * @return whether there was any of what an image holds
   */
  public boolean dropPast(long now, long before) {
    expiries.dropGone(now, shards); // the owner alone sets tombstones for the others
    boolean dropped = answers.dropPast(now);
    for (Shard shard : shards.values()) {
      dropped |= shard.purgeTombstones(before) > 0;
    }
    return dropped;
  }

  /** Drops the shards of the namespaces that match, and the answers of writes into them. */
  public void dropNamespaces(LongPredicate namespaceUid) {
    answers.dropNamespaces(namespaceUid);
    Shard.closeWhere(shards.values(), shard -> namespaceUid.test(shard.spec().namespaceUid()));
  }

  /** Drops the shards whose keys match. */
  public void dropShards(LongPredicate key) {
    Shard.closeWhere(shards.values(), shard -> key.test(shard.spec().key()));
  }

  /** Drops everything. */
  public void clear() {
    dropNamespaces(uid -> true);
    tokens.clear();
    answers.clear();
    stamps.clear();
    lostAt = NEVER_LOST;
    handedOff = false;
    expiries.clear();
  }

  /** The newest stamp that was given or applied here. */
  public Stamp last() {
    return stamps.last();
  }

  /** Stamps are of that incarnation from now on: the cluster has been formed that often. */
  public void incarnation(int number) {
    stamps.incarnation(number);
  }

  /** Notes the stamp that the owner gave to a change. */
  public void noteStamp(Stamp stamp) {
    stamps.note(stamp);
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
    answers.addAll(image.answers());
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
    stamps.note(image.last());
    lostAt(image.lostAt());
    expiries.noteAnew(shards.values());
  }

  /** What came to the shard after the image was made. */
  private static List<Change> newer(Shard shard, Stamp image) {
    return shard.entries().stream()
        .filter(entry -> entry.record().stamp().isAfter(image))
        .map(shard::changeOf)
        .toList();
  }

  /**
   * Applies changes, to all of their shards or to none.
   *
   * @throws io.mnemogrid.vector.VectorIndexException if a vector does not fit or memory is
   *     exhausted; nothing is changed then
   */
  public void apply(Map<ShardSpec, List<Change>> changes) {
    List<Prepared> prepared = new ArrayList<>(changes.size());
    try {
      changes.forEach((spec, ofShard) -> prepared.add(Prepared.of(openShard(spec), ofShard)));
    } catch (RuntimeException e) {
      prepared.forEach(Prepared::cancel);
      throw e;
    }
    prepared.forEach(Prepared::apply);
    changes.forEach((spec, ofShard) -> {
      for (Change change : ofShard) {
        stamps.note(change.record().stamp());
        expiries.note(spec, change.record());
      }
    });
    if (expiries.areMany()) {
      expiries.noteAnew(shards.values());
    }
  }

  /** Times of expiry that are remembered. */
  int expiriesNoted() {
    return expiries.size();
  }

  private Change tombstone(MemoryRecord record, int partitionVersion, long now) {
    return new Change(RecordWriter.tombstone(record, nextStamp(partitionVersion), now), null);
  }

  /** Gives a stamp to a change, as the owner. */
  public Stamp nextStamp(int partitionVersion) {
    return stamps.next(partitionVersion);
  }

  Shard openShard(ShardSpec spec) {
    return shards.computeIfAbsent(spec.key(), key -> new Shard(spec, environment));
  }
}
