package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.lexical.LexicalIndex;
import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.vector.VectorIndex;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A partition as it travels: the stamp of its last write, the recent tokens, of each shard the
 * records and the image of its index, vectors and graph as they lie in memory, and the answers that
 * are kept.
 *
 * <p>Owns the shards it has read until they are installed; closing frees those that were not.
 */
public final class PartitionImage implements AutoCloseable {
  private static final byte FORMAT = 5;

  private final Stamp last;
  private final long lostAt;
  private final RecentTokens tokens;
  private List<KeptAnswer> answers = List.of();
  private final Map<Long, Shard> shards = new HashMap<>();
  private final Set<Shard> handedOver = new HashSet<>();

  private PartitionImage(Stamp last, long lostAt, RecentTokens tokens) {
    this.last = last;
    this.lostAt = lostAt;
    this.tokens = tokens;
  }

  /** The newest stamp of the partition when the image was made. */
  Stamp last() {
    return last;
  }

  /** When all replicas of the partition were lost together, in unix seconds. */
  long lostAt() {
    return lostAt;
  }

  RecentTokens tokens() {
    return tokens;
  }

  List<KeptAnswer> answers() {
    return answers;
  }

  boolean has(long shardKey) {
    return shards.containsKey(shardKey);
  }

  List<Shard> shards() {
    return List.copyOf(shards.values());
  }

  /** The shard is somebody else's now. */
  void handOver(Shard shard) {
    handedOver.add(shard);
  }

  @Override
  public void close() {
    for (Shard shard : shards.values()) {
      if (!handedOver.contains(shard)) {
        shard.close();
      }
    }
  }

  /** Writes a partition; on its thread. */
  public static void write(PartitionContainer container, DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    container.last().writeTo(out);
    out.writeLong(container.lostAt());
    container.tokens().writeTo(out);
    out.writeInt(container.shards().size());
    for (Shard shard : container.shards()) {
      writeShard(shard, out);
    }
    container.answers().writeTo(out, recordsOf(container.shards()));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param container whose environment the shards are made in; not changed
   * @throws IOException if it is of another format or damaged
   */
  public static PartitionImage read(DataInput in, PartitionContainer container) throws IOException {
    byte format = in.readByte();
    if (format != FORMAT) {
      throw new IOException(
          "an image of format %d came; this node knows %d".formatted(format, FORMAT));
    }
    Stamp last = Stamp.readFrom(in);
    long lostAt = in.readLong();
    RecentTokens tokens = new RecentTokens();
    tokens.readFrom(in);
    PartitionImage image = new PartitionImage(last, lostAt, tokens);
    try {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        Shard shard = readShard(in, container.environment());
        image.shards.put(shard.spec().key(), shard);
      }
      image.answers = KeptAnswers.readFrom(in, recordsOf(image.shards.values()));
      return image;
    } catch (IOException | RuntimeException e) {
      image.close();
      throw e;
    }
  }

  private static KeptAnswer.Records recordsOf(Collection<Shard> shards) {
    return (id, stamp) ->
        shards.stream()
            .flatMap(shard -> shard.newest(id).stream())
            .map(Entry::record)
            .filter(record -> record.stamp().equals(stamp))
            .findFirst()
            .orElse(null);
  }

  private static void writeShard(Shard shard, DataOutput out) throws IOException {
    shard.spec().writeTo(out);
    List<Entry> entries = shard.entries();
    out.writeInt(entries.size());
    for (Entry entry : entries) {
      byte[] bytes = entry.record().bytes();
      out.writeInt(bytes.length);
      out.write(bytes);
      out.writeInt(entry.slot());
      out.writeInt(entry.accessCount());
      out.writeLong(entry.lastAccessedAt());
    }
    @Nullable VectorIndex index = shard.index();
    out.writeBoolean(index != null);
    if (index != null) {
      IndexImage.write(index, out);
    }
    @Nullable LexicalIndex lexical = shard.lexical();
    out.writeBoolean(lexical != null);
    if (lexical != null) {
      lexical.writeTo(out);
    }
  }

  private static Shard readShard(DataInput in, ShardEnvironment environment) throws IOException {
    ShardSpec spec = ShardSpec.readFrom(in);
    int count = in.readInt();
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      entries.add(new Entry(new MemoryRecord(bytes), in.readInt(), in.readInt(), in.readLong()));
    }
    @Nullable VectorIndex index =
        in.readBoolean() ? IndexImage.read(environment.memory(), in) : null;
    try {
      @Nullable LexicalIndex lexical =
          in.readBoolean() ? LexicalIndex.readFrom(in, environment.terms()) : null;
      Shard shard = new Shard(spec, environment, index, lexical);
      entries.forEach(shard::adopt);
      return shard;
    } catch (IOException | RuntimeException e) {
      if (index != null) {
        index.close();
      }
      throw e;
    }
  }
}
