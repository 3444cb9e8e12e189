package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.DoneWrite;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.MemoryRecord;
import io.mnemogrid.node.grid.shard.ShardSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a partition as it stands in the log.
 *
 * <p>Bytes, big-endian: format (byte), kind (byte), then the fields in their order; a list leads
 * with its size (int), bytes with their length (int).
 */
public sealed interface LogEntry {
  /** Raised when the form changes; a node refuses what it does not know. */
  byte FORMAT = 2;

  /**
   * Memories were written, forgotten, expired or taken over.
   *
   * @param write that made them, if it may be sent again, or {@link DoneWrite#NONE}
   * @param answers that are kept for writes that may be sent again
   */
  record Changes(DoneWrite write, Map<ShardSpec, List<Change>> changes, List<KeptAnswer> answers)
      implements LogEntry {
    public Changes {
      answers = List.copyOf(answers);
    }

    /** Changes that nobody sends again. */
    public static Changes of(Map<ShardSpec, List<Change>> changes) {
      return new Changes(DoneWrite.NONE, changes, List.of());
    }

    /** Whether nothing would be missing without it. An empty shard is something. */
    public boolean isNothing() {
      return write.isNone() && answers.isEmpty() && changes.isEmpty();
    }
  }

  /**
   * Memories of the partition were lost, or of one that it has taken over from.
   *
   * @param at unix seconds
   */
  record Lost(long at) implements LogEntry {}

  /**
   * The registry's authority changed an entry.
   *
   * @param entry put, or null when it was removed
   */
  record Registry(long version, String name, @Nullable RegistryEntry entry) implements LogEntry {}

  /** The registry's authority took a whole table in place of its own. */
  record RegistryWhole(RegistryTable table) implements LogEntry {}

  /**
   * A piece of an image; with the last one it takes the place of what is there.
   *
   * @param number from 0
   */
  record ImagePiece(int number, boolean isLast, byte[] bytes) implements LogEntry {}

  private static byte kindOf(LogEntry entry) {
    return switch (entry) {
      case Changes _ -> 1;
      case Registry _ -> 2;
      case RegistryWhole _ -> 3;
      case ImagePiece _ -> 4;
      case Lost _ -> 5;
    };
  }

  /** The bytes that {@link #decode} reads. */
  static byte[] encode(LogEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(FORMAT);
      out.writeByte(kindOf(entry));
      write(entry, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no disk here
    }
    return bytes.toByteArray();
  }

  private static void write(LogEntry entry, DataOutput out) throws IOException {
    switch (entry) {
      case Changes(
              DoneWrite write,
              Map<ShardSpec, List<Change>> changes,
              List<KeptAnswer> answers) -> {
        write.writeTo(out);
        out.writeInt(changes.size());
        for (Map.Entry<ShardSpec, List<Change>> ofShard : changes.entrySet()) {
          ofShard.getKey().writeTo(out);
          out.writeInt(ofShard.getValue().size());
          for (Change change : ofShard.getValue()) {
            writeBytes(change.record().bytes(), out);
            writeVector(change.vector(), out);
          }
        }
        out.writeInt(answers.size());
        KeptAnswer.Records there = KeptAnswer.Records.of(changes);
        for (KeptAnswer answer : answers) {
          answer.writeTo(out, there);
        }
      }
      case Registry(long version, String name, RegistryEntry changed) -> {
        out.writeLong(version);
        out.writeUTF(name);
        out.writeBoolean(changed != null);
        if (changed != null) {
          RegistryEntry.write(changed, out);
        }
      }
      case RegistryWhole(RegistryTable table) -> table.writeTo(out);
      case ImagePiece(int number, boolean isLast, byte[] bytes) -> {
        out.writeInt(number);
        out.writeBoolean(isLast);
        writeBytes(bytes, out);
      }
      case Lost(long at) -> out.writeLong(at);
    }
  }

  /**
   * @throws IOException if the bytes are of no entry that this node knows
   */
  static LogEntry decode(byte[] bytes) throws IOException {
    DataInput in = new DataInputStream(new ByteArrayInputStream(bytes));
    byte format = in.readByte();
    if (format != FORMAT) {
      throw new IOException(
          "the log holds a change of format %d; this node knows %d".formatted(format, FORMAT));
    }
    byte kind = in.readByte();
    return switch (kind) {
      case 1 -> readChanges(in);
      case 2 ->
          new Registry(
              in.readLong(), in.readUTF(), in.readBoolean() ? RegistryEntry.read(in) : null);
      case 3 -> new RegistryWhole(RegistryTable.readFrom(in));
      case 4 -> new ImagePiece(in.readInt(), in.readBoolean(), readBytes(in));
      case 5 -> new Lost(in.readLong());
      default -> throw new IOException("no change in the log is of kind " + kind);
    };
  }

  private static Changes readChanges(DataInput in) throws IOException {
    DoneWrite write = DoneWrite.readFrom(in);
    int shards = in.readInt();
    Map<ShardSpec, List<Change>> changes = new LinkedHashMap<>();
    for (int i = 0; i < shards; i++) {
      ShardSpec spec = ShardSpec.readFrom(in);
      int count = in.readInt();
      List<Change> ofShard = new ArrayList<>(count);
      for (int j = 0; j < count; j++) {
        ofShard.add(new Change(new MemoryRecord(readBytes(in)), readVector(in)));
      }
      changes.put(spec, ofShard);
    }
    KeptAnswer.Records there = KeptAnswer.Records.of(changes);
    int count = in.readInt();
    List<KeptAnswer> answers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      answers.add(KeptAnswer.readFrom(in, there));
    }
    return new Changes(write, changes, answers);
  }

  private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  private static void writeVector(float @Nullable [] vector, DataOutput out) throws IOException {
    if (vector == null) {
      out.writeInt(-1);
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    out.writeInt(vector.length);
    out.write(bytes.array());
  }

  private static float @Nullable [] readVector(DataInput in) throws IOException {
    int dimension = in.readInt();
    if (dimension < 0) {
      return null;
    }
    byte[] bytes = new byte[dimension * Float.BYTES];
    in.readFully(bytes);
    float[] vector = new float[dimension];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
    return vector;
  }
}
