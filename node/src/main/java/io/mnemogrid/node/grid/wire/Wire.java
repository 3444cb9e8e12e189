package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.Copied;
import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.Fill;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.MemoryRecord;
import io.mnemogrid.node.grid.shard.ShardCopy;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.Verdict;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Appraisal;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.RequestMark;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The form of values inside operations. Each operation leads with {@link #FORMAT}. */
public final class Wire {
  /** Raised when an operation's form changes; a member refuses what it does not know. */
  public static final byte FORMAT = 7;

  private static final byte ABSENT = -1;

  private static final byte NO_PRECONDITION = 0;
  private static final byte MUST_BE_ABSENT = 1;
  private static final byte MUST_BE_PRESENT = 2;
  private static final byte MUST_BE_OF_VERSION = 3;

  /** Writes one value. */
  public interface Writer<T> {
    void write(T value, ObjectDataOutput out) throws IOException;
  }

  /** Reads one value. */
  public interface Reader<T> {
    T read(ObjectDataInput in) throws IOException;
  }

  private Wire() {}

  public static void writeFormat(ObjectDataOutput out) throws IOException {
    out.writeByte(FORMAT);
  }

  public static void readFormat(ObjectDataInput in) throws IOException {
    byte format = in.readByte();
    if (format != FORMAT) {
      throw new IOException(
          "an operation of format %d came; this node knows %d".formatted(format, FORMAT));
    }
  }

  public static <T> void writeList(List<T> values, ObjectDataOutput out, Writer<? super T> writer)
      throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writer.write(value, out);
    }
  }

  public static <T> List<T> readList(ObjectDataInput in, Reader<T> reader) throws IOException {
    int count = in.readInt();
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(reader.read(in));
    }
    return values;
  }

  public static void writeText(String text, ObjectDataOutput out) throws IOException {
    out.writeString(text);
  }

  public static String readText(ObjectDataInput in) throws IOException {
    String text = in.readString();
    if (text == null) {
      throw new IOException("a text is missing");
    }
    return text;
  }

  public static void writeSpec(ShardSpec spec, ObjectDataOutput out) throws IOException {
    spec.writeTo(out);
  }

  public static ShardSpec readSpec(ObjectDataInput in) throws IOException {
    return ShardSpec.readFrom(in);
  }

  public static void writeChange(Change change, ObjectDataOutput out) throws IOException {
    out.writeByteArray(change.record().bytes());
    out.writeFloatArray(change.vector());
  }

  public static Change readChange(ObjectDataInput in) throws IOException {
    return new Change(new MemoryRecord(readBytes(in)), in.readFloatArray());
  }

  public static void writeChanges(Map<ShardSpec, List<Change>> changes, ObjectDataOutput out)
      throws IOException {
    out.writeInt(changes.size());
    for (Map.Entry<ShardSpec, List<Change>> ofShard : changes.entrySet()) {
      writeSpec(ofShard.getKey(), out);
      writeList(ofShard.getValue(), out, Wire::writeChange);
    }
  }

  public static Map<ShardSpec, List<Change>> readChanges(ObjectDataInput in) throws IOException {
    int shards = in.readInt();
    Map<ShardSpec, List<Change>> changes = new LinkedHashMap<>();
    for (int i = 0; i < shards; i++) {
      changes.put(readSpec(in), readList(in, Wire::readChange));
    }
    return changes;
  }

  public static void writeCopied(Copied copied, ObjectDataOutput out) throws IOException {
    writeChange(copied.change(), out);
    out.writeInt(copied.accessCount());
    out.writeLong(copied.lastAccessedAt());
  }

  public static Copied readCopied(ObjectDataInput in) throws IOException {
    return new Copied(readChange(in), in.readInt(), in.readLong());
  }

  public static void writeReads(ShardCopy.Reads reads, ObjectDataOutput out) throws IOException {
    writeText(reads.id(), out);
    out.writeInt(reads.count());
    out.writeLong(reads.lastAt());
  }

  public static ShardCopy.Reads readReads(ObjectDataInput in) throws IOException {
    return new ShardCopy.Reads(readText(in), in.readInt(), in.readLong());
  }

  /** With its records, as none of them come in another way. */
  public static void writeAnswer(KeptAnswer answer, ObjectDataOutput out) throws IOException {
    answer.writeTo(out, KeptAnswer.Records.NONE);
  }

  public static KeptAnswer readAnswer(ObjectDataInput in) throws IOException {
    return KeptAnswer.readFrom(in, KeptAnswer.Records.NONE);
  }

  public static byte[] readBytes(ObjectDataInput in) throws IOException {
    byte[] bytes = in.readByteArray();
    if (bytes == null) {
      throw new IOException("bytes are missing");
    }
    return bytes;
  }

  public static float[] readVector(ObjectDataInput in) throws IOException {
    float[] vector = in.readFloatArray();
    if (vector == null) {
      throw new IOException("a vector is missing");
    }
    return vector;
  }

  private static void writeMemoryWrite(MemoryWrite write, ObjectDataOutput out) throws IOException {
    out.writeString(write.id());
    out.writeBoolean(write.mustExist());
    out.writeString(write.content());
    writeType(write.type(), out);
    writeFloat(write.importance(), out);
    List<String> tags = write.tags();
    out.writeStringArray(tags == null ? null : tags.toArray(String[]::new));
    out.writeString(write.metadata());
    out.writeString(write.sessionId());
    writeLong(write.expiresAt(), out);
    writeLong(write.validFrom(), out);
    out.writeFloatArray(write.vector());
    Appraisal.Vote vote = write.verdict().vote();
    out.writeByte(vote == null ? ABSENT : vote.ordinal());
    Boolean verified = write.verdict().verified();
    out.writeByte(verified == null ? ABSENT : verified ? 1 : 0);
    out.writeString(write.author().keyId());
    out.writeString(write.author().name());
    out.writeByte(write.author().origin().ordinal());
    out.writeLong(write.writtenAtMicros());
    writeLong(write.onlyVersion(), out);
  }

  private static MemoryWrite readMemoryWrite(ObjectDataInput in) throws IOException {
    return new MemoryWrite(
        readText(in),
        in.readBoolean(),
        in.readString(),
        readType(in),
        readFloat(in),
        readTags(in),
        in.readString(),
        in.readString(),
        readLong(in),
        readLong(in),
        in.readFloatArray(),
        readVerdict(in),
        new MemoryWrite.Author(
            readText(in), readText(in), Provenance.Origin.values()[in.readByte()]),
        in.readLong(),
        readLong(in));
  }

  private static Verdict readVerdict(ObjectDataInput in) throws IOException {
    byte vote = in.readByte();
    byte verified = in.readByte();
    return new Verdict(
        vote == ABSENT ? null : Appraisal.Vote.values()[vote],
        verified == ABSENT ? null : Boolean.valueOf(verified == 1));
  }

  public static void writeDraft(Draft draft, ObjectDataOutput out) throws IOException {
    writeMemoryWrite(draft.write(), out);
    out.writeFloatArray(draft.beside());
  }

  public static Draft readDraft(ObjectDataInput in) throws IOException {
    return new Draft(readMemoryWrite(in), in.readFloatArray());
  }

  public static void writeFill(Fill fill, ObjectDataOutput out) throws IOException {
    writeText(fill.id(), out);
    fill.stamp().writeTo(out);
    out.writeFloatArray(fill.vector());
  }

  public static Fill readFill(ObjectDataInput in) throws IOException {
    return new Fill(readText(in), Stamp.readFrom(in), readVector(in));
  }

  public static void writeFilter(MemoryFilter filter, ObjectDataOutput out) throws IOException {
    writeType(filter.type(), out);
    writeFloat(filter.minImportance(), out);
    writeFloat(filter.maxImportance(), out);
    out.writeStringArray(filter.tags().toArray(String[]::new));
    out.writeString(filter.sessionId());
    writeLong(filter.createdAfter(), out);
    writeLong(filter.createdBefore(), out);
    WireCondition.write(filter.condition(), out);
  }

  public static MemoryFilter readFilter(ObjectDataInput in) throws IOException {
    MemoryType type = readType(in);
    Float minImportance = readFloat(in);
    Float maxImportance = readFloat(in);
    List<String> tags = readTags(in);
    return new MemoryFilter(
        type,
        minImportance,
        maxImportance,
        tags == null ? List.of() : tags,
        in.readString(),
        readLong(in),
        readLong(in),
        WireCondition.read(in));
  }

  public static void writeGuard(WriteGuard guard, ObjectDataOutput out) throws IOException {
    switch (guard.precondition()) {
      case Precondition.None _ -> out.writeByte(NO_PRECONDITION);
      case Precondition.Absent _ -> out.writeByte(MUST_BE_ABSENT);
      case Precondition.Present _ -> out.writeByte(MUST_BE_PRESENT);
      case Precondition.VersionIn(Set<Long> versions) -> {
        out.writeByte(MUST_BE_OF_VERSION);
        out.writeLongArray(versions.stream().mapToLong(Long::longValue).toArray());
      }
    }
    RequestMark mark = guard.mark();
    out.writeBoolean(mark != null);
    if (mark != null) {
      writeDigest(mark.request(), out);
      writeDigest(mark.content(), out);
    }
    out.writeInt(guard.embeddingMs());
  }

  public static WriteGuard readGuard(ObjectDataInput in) throws IOException {
    Precondition precondition = readPrecondition(in);
    RequestMark mark = in.readBoolean() ? new RequestMark(readDigest(in), readDigest(in)) : null;
    return new WriteGuard(precondition, mark, in.readInt());
  }

  private static Precondition readPrecondition(ObjectDataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case NO_PRECONDITION -> Precondition.NONE;
      case MUST_BE_ABSENT -> new Precondition.Absent();
      case MUST_BE_PRESENT -> new Precondition.Present();
      case MUST_BE_OF_VERSION -> {
        long[] versions = in.readLongArray();
        yield new Precondition.VersionIn(
            versions == null
                ? Set.of()
                : Arrays.stream(versions).boxed().collect(Collectors.toUnmodifiableSet()));
      }
      default -> throw new IOException("no precondition has the number " + kind);
    };
  }

  private static void writeDigest(RequestMark.Digest digest, ObjectDataOutput out)
      throws IOException {
    out.writeLong(digest.high());
    out.writeLong(digest.low());
  }

  private static RequestMark.Digest readDigest(ObjectDataInput in) throws IOException {
    return new RequestMark.Digest(in.readLong(), in.readLong());
  }

  public static void writeUuid(@Nullable UUID uuid, ObjectDataOutput out) throws IOException {
    out.writeBoolean(uuid != null);
    if (uuid != null) {
      out.writeLong(uuid.getMostSignificantBits());
      out.writeLong(uuid.getLeastSignificantBits());
    }
  }

  public static @Nullable UUID readUuid(ObjectDataInput in) throws IOException {
    return in.readBoolean() ? new UUID(in.readLong(), in.readLong()) : null;
  }

  public static UUID readMember(ObjectDataInput in) throws IOException {
    UUID uuid = readUuid(in);
    if (uuid == null) {
      throw new IOException("a member's UUID is missing");
    }
    return uuid;
  }

  public static void writeEntry(@Nullable RegistryEntry entry, ObjectDataOutput out)
      throws IOException {
    out.writeBoolean(entry != null);
    if (entry != null) {
      RegistryEntry.write(entry, out);
    }
  }

  public static @Nullable RegistryEntry readEntry(ObjectDataInput in) throws IOException {
    return in.readBoolean() ? RegistryEntry.read(in) : null;
  }

  private static @Nullable List<String> readTags(ObjectDataInput in) throws IOException {
    String[] tags = in.readStringArray();
    return tags == null ? null : List.of(tags);
  }

  private static void writeType(@Nullable MemoryType type, ObjectDataOutput out)
      throws IOException {
    out.writeByte(type == null ? ABSENT : type.ordinal());
  }

  private static @Nullable MemoryType readType(ObjectDataInput in) throws IOException {
    byte type = in.readByte();
    return type == ABSENT ? null : MemoryType.values()[type];
  }

  private static void writeFloat(@Nullable Float value, ObjectDataOutput out) throws IOException {
    out.writeFloat(value == null ? Float.NaN : value);
  }

  private static @Nullable Float readFloat(ObjectDataInput in) throws IOException {
    float value = in.readFloat();
    return Float.isNaN(value) ? null : Float.valueOf(value);
  }

  private static void writeLong(@Nullable Long value, ObjectDataOutput out) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeLong(value);
    }
  }

  private static @Nullable Long readLong(ObjectDataInput in) throws IOException {
    return in.readBoolean() ? Long.valueOf(in.readLong()) : null;
  }
}
