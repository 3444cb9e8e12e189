package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica of a partition held on the side of a split that gives way, taken out of it before
 * it is emptied. Frees the memory when it is closed; used by one thread.
 */
public final class Remnant implements AutoCloseable {
  /** About so many bytes at a time, of one memory or answer more at most. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_OFFERS = 256;

  private final int partitionId;
  private final boolean owned;
  private final List<Shard> shards;
  private final List<KeptAnswer> answers;
  private final long lostAt;

  private Remnant(int partitionId, boolean owned, PartitionContainer container) {
    this.partitionId = partitionId;
    this.owned = owned;
    this.shards = List.copyOf(container.shards());
    this.answers = container.answers().all();
    this.lostAt = container.lostAt();
  }

  /**
   * Empties a container into one; on the partition's thread.
   *
   * @param owned whether this was the owner's replica, which was whole
   */
  public static Remnant takenFrom(int partitionId, boolean owned, PartitionContainer container) {
    Remnant remnant = new Remnant(partitionId, owned, container);
    container.shards().clear();
    container.clear();
    return remnant;
  }

  public int partitionId() {
    return partitionId;
  }

  /** Whether nothing was written to the partition. */
  public boolean isEmpty() {
    return shards.isEmpty() && answers.isEmpty();
  }

  public List<Shard> shards() {
    return shards;
  }

  /** When memories of the partition were lost last, if this replica had all but those. */
  public long wholeSince() {
    return owned ? lostAt : Long.MAX_VALUE;
  }

  /** All that a shard holds, some at a time, in an order of no meaning. */
  public static List<List<Offer>> offers(Shard shard) {
    List<List<Offer>> batches = new ArrayList<>();
    List<Offer> batch = new ArrayList<>();
    for (Entry entry : shard.entriesAfter(Stamp.NONE)) {
      batch.add(Offer.of(entry.record()));
      if (batch.size() == MOST_OFFERS) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** The first of the named memories; fewer than all if they are long. */
  public static List<Copied> copies(Shard shard, List<String> ids) {
    List<Copied> copies = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < ids.size() && bytes < MOST_BYTES; i++) {
      @Nullable Entry entry = shard.newest(ids.get(i)).orElse(null);
      if (entry != null) {
        copies.add(new Copied(shard.changeOf(entry), entry.accessCount(), entry.lastAccessedAt()));
        bytes += entry.record().bytes().length + (long) shard.spec().dimension() * Float.BYTES;
      }
    }
    return copies;
  }

  /** The answers to marked writes, some at a time; at least one batch, which may be empty. */
  public List<List<KeptAnswer>> answers() {
    List<List<KeptAnswer>> batches = new ArrayList<>();
    List<KeptAnswer> batch = new ArrayList<>();
    long bytes = 0;
    for (KeptAnswer answer : answers) {
      batch.add(answer);
      bytes += answer.bytes();
      if (bytes >= MOST_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
    }
    batches.add(batch);
    return batches;
  }

  @Override
  public void close() {
    shards.forEach(Shard::close);
  }
}
