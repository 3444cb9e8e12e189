package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.RequestMark;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.model.Stamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a marked write of one part of a namespace, for when the write is sent again. It
 * shares its records with the shard until these are written over.
 *
 * @param content of the write, to tell it from another under the same name
 * @param keptUntil unix seconds from which it counts as forgotten
 * @param embeddingMs how long embedding took for that write
 * @param rows one a memory written; none where the write only went to other parts
 */
public record KeptAnswer(
    Name name, RequestMark.Digest content, long keptUntil, int embeddingMs, List<Row> rows) {
  private static final byte THERE = 0;
  private static final byte WHOLE = 1;

  // What an answer and a row take on the heap beside the bytes of their records.
  private static final int BYTES_AN_ANSWER = 200;
  private static final int BYTES_A_ROW = 48;

  public KeptAnswer {
    rows = List.copyOf(rows);
  }

  /** What the write was called, in which part of which namespace. */
  public record Name(long namespaceUid, int shard, RequestMark.Digest request) {
    static Name of(ShardSpec spec, RequestMark mark) {
      return new Name(spec.namespaceUid(), spec.shard(), mark.request());
    }
  }

  /** A memory as the write left it. */
  public record Row(MemoryRecord record, int accessCount, long lastAccessedAt) {
    static Row of(Entry entry) {
      return new Row(entry.record(), entry.accessCount(), entry.lastAccessedAt());
    }
  }

  /** Records that the reader of an answer's bytes has anyway, so that they need not be in them. */
  @FunctionalInterface
  public interface Records {
    /** Of a reader that has none. */
    Records NONE = (id, stamp) -> null;

    /** The record of that id if it has that stamp, or null. */
    @Nullable MemoryRecord find(String id, Stamp stamp);

    /** Those of changes that travel together with an answer. */
    static Records of(Map<ShardSpec, List<Change>> changes) {
      Map<Stamp, MemoryRecord> byStamp = new HashMap<>();
      changes
          .values()
          .forEach(ofShard ->
              ofShard.forEach(change -> byStamp.put(change.record().stamp(), change.record())));
      return (id, stamp) -> byStamp.get(stamp);
    }
  }

  /** What of it belongs to one of the shards that its part is split into; empty if nothing does. */
  public Optional<KeptAnswer> in(Space space, int shard) {
    List<Row> there =
        rows.stream().filter(row -> space.shardOf(row.record().id()) == shard).toList();
    return there.isEmpty() && name.request().shardIn(space) != shard
        ? Optional.empty()
        : Optional.of(
            new KeptAnswer(
                new Name(name.namespaceUid(), shard, name.request()),
                content,
                keptUntil,
                embeddingMs,
                there));
  }

  /** Ids of the memories written. */
  public List<String> ids() {
    return rows.stream().map(row -> row.record().id()).toList();
  }

  /** About how many bytes of heap it holds when nothing else holds its records. */
  long bytes() {
    long bytes = BYTES_AN_ANSWER;
    for (Row row : rows) {
      bytes += BYTES_A_ROW + row.record().bytes().length;
    }
    return bytes;
  }

  public void writeTo(DataOutput out, Records there) throws IOException {
    out.writeLong(name.namespaceUid());
    out.writeInt(name.shard());
    writeDigest(name.request(), out);
    writeDigest(content, out);
    out.writeLong(keptUntil);
    out.writeInt(embeddingMs);
    out.writeInt(rows.size());
    for (Row row : rows) {
      MemoryRecord record = row.record();
      Stamp stamp = record.stamp();
      if (there.find(record.id(), stamp) == null) {
        out.writeByte(WHOLE);
        out.writeInt(record.bytes().length);
        out.write(record.bytes());
      } else {
        out.writeByte(THERE);
        out.writeUTF(record.id());
        stamp.writeTo(out);
      }
      out.writeInt(row.accessCount());
      out.writeLong(row.lastAccessedAt());
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if a record is missing that was there when it was written
   */
  public static KeptAnswer readFrom(DataInput in, Records there) throws IOException {
    Name name = new Name(in.readLong(), in.readInt(), readDigest(in));
    RequestMark.Digest content = readDigest(in);
    long keptUntil = in.readLong();
    int embeddingMs = in.readInt();
    int count = in.readInt();
    List<Row> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(new Row(readRecord(in, there), in.readInt(), in.readLong()));
    }
    return new KeptAnswer(name, content, keptUntil, embeddingMs, rows);
  }

  private static MemoryRecord readRecord(DataInput in, Records there) throws IOException {
    if (in.readByte() == WHOLE) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      return new MemoryRecord(bytes);
    }
    String id = in.readUTF();
    Stamp stamp = Stamp.readFrom(in);
    MemoryRecord record = there.find(id, stamp);
    if (record == null) {
      throw new IOException("the record %s of an answer is missing".formatted(stamp));
    }
    return record;
  }

  private static void writeDigest(RequestMark.Digest digest, DataOutput out) throws IOException {
    out.writeLong(digest.high());
    out.writeLong(digest.low());
  }

  private static RequestMark.Digest readDigest(DataInput in) throws IOException {
    return new RequestMark.Digest(in.readLong(), in.readLong());
  }
}
