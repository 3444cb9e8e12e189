package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.Occasion;
import io.mnemogrid.node.model.Appraisal;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.node.recall.TextTraits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of a {@link MemoryRecord}. */
final class RecordWriter {
  private RecordWriter() {}

  /** The record of a write that is not on top of another memory. */
  static MemoryRecord created(MemoryWrite write, Stamp stamp, int version) {
    return record(write, stamp, new Kept(write.writtenAtMicros(), version, Appraisal.NONE));
  }

  /** The record of a store on top of a memory: all is new but its time of creation. */
  static MemoryRecord replaced(MemoryRecord present, MemoryWrite write, Stamp stamp) {
    return record(
        write, stamp, new Kept(present.createdAtMicros(), present.version() + 1, Appraisal.NONE));
  }

  /**
   * The record of an update: what the write leaves open stays. Who only judges what a memory says
   * has not written it, so it keeps its author and the time of its last write.
   */
  static MemoryRecord patched(MemoryRecord present, MemoryWrite write, Stamp stamp) {
    Memory memory = present.toMemory("", 0, 0);
    Occasion occasion = occasion(present, memory, write);
    boolean judges = onlyJudges(write);
    MemoryWrite whole =
        MemoryWrite.update(write.id())
            .content(or(write.content(), memory.content()))
            .type(or(write.type(), memory.type()))
            .importance(write.verdict().importance(or(write.importance(), memory.importance())))
            .tags(or(write.tags(), memory.tags()))
            .metadata(write.metadata() == null ? memory.metadata() : write.metadata())
            .sessionId(occasion.sessionId())
            .expiresAt(write.expiresAt() == null ? memory.expiresAt() : write.expiresAt())
            .validFrom(occasion.validFrom())
            .by(
                judges ? MemoryWrite.Author.of(memory) : write.author(),
                judges ? present.updatedAtMicros() : write.writtenAtMicros())
            .build();
    boolean sameContent = write.content() == null || write.content().equals(memory.content());
    Appraisal appraisal = sameContent ? memory.appraisal() : Appraisal.NONE;
    return record(
        whole,
        stamp,
        new Kept(
            present.createdAtMicros(), present.version() + 1, write.verdict().after(appraisal)));
  }

  /** Here and not where the update comes from, since only here is it known what the old one was. */
  private static Occasion occasion(MemoryRecord present, Memory memory, MemoryWrite write) {
    Occasion kept = new Occasion(memory.sessionId(), memory.validFrom());
    if (write.metadata() != null) {
      kept =
          kept.renamed(
              Occasion.named(memory.metadata(), clock(present.updatedAtMicros())),
              Occasion.named(write.metadata(), clock(write.writtenAtMicros())));
    }
    return kept.overriddenBy(new Occasion(write.sessionId(), write.validFrom()));
  }

  private static InstantSource clock(long micros) {
    return InstantSource.fixed(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  private static boolean onlyJudges(MemoryWrite write) {
    return write.onlyVersion() == null
        && write.content() == null
        && write.vector() == null
        && write.type() == null
        && write.tags() == null
        && write.metadata() == null
        && write.sessionId() == null
        && write.expiresAt() == null
        && write.validFrom() == null;
  }

  /** The same memory under another stamp: it was not written, but put somewhere else. */
  static MemoryRecord restamped(MemoryRecord present, Stamp stamp) {
    ByteBuffer out = ByteBuffer.wrap(present.bytes().clone()).order(ByteOrder.LITTLE_ENDIAN);
    putStamp(out, stamp);
    return new MemoryRecord(out.array());
  }

  static MemoryRecord tombstone(MemoryRecord present, Stamp stamp, long deletedAt) {
    return tombstone(
        present.idBytes(), present.createdAtMicros(), present.version() + 1, stamp, deletedAt);
  }

  /** The tombstone of a memory of which nothing is here. */
  static MemoryRecord tombstone(String id, Stamp stamp, long deletedAt) {
    return tombstone(utf8(id), deletedAt * RecordLayout.MICROS, 1, stamp, deletedAt);
  }

  private static MemoryRecord tombstone(
      byte[] id, long createdAtMicros, int version, Stamp stamp, long deletedAt) {
    ByteBuffer out = buffer(RecordLayout.TIMES_AT + Short.BYTES + id.length);
    header(out, stamp, RecordLayout.TOMBSTONE);
    out.putLong(RecordLayout.CREATED_AT, createdAtMicros);
    out.putLong(RecordLayout.UPDATED_AT, deletedAt * RecordLayout.MICROS);
    out.putInt(RecordLayout.VERSION_AT, version);
    out.position(RecordLayout.TIMES_AT);
    putShort(out, id);
    return new MemoryRecord(out.array());
  }

  /** A record that stands where {@code place} is among those of its session, and says nothing. */
  static MemoryRecord at(Place place) {
    MemoryWrite write =
        MemoryWrite.store(place.id(), "")
            .importance(0f)
            .sessionId(place.session())
            .validFrom(place.time())
            .by(MemoryWrite.Author.NOBODY, place.createdAtMicros())
            .build();
    return created(write, Stamp.NONE, 1);
  }

  /** What a record has that its last write does not say. */
  private record Kept(long createdAtMicros, int version, Appraisal appraisal) {}

  private static MemoryRecord record(MemoryWrite write, Stamp stamp, Kept kept) {
    byte[] id = utf8(write.id());
    byte[] authorKey = utf8(write.author().keyId());
    byte[] author = utf8(write.author().name());
    byte @Nullable [] session = write.sessionId() == null ? null : utf8(write.sessionId());
    byte @Nullable [] metadata = write.metadata() == null ? null : utf8(write.metadata());
    byte[] content = utf8(required(write.content(), "content"));
    List<byte[]> tags = required(write.tags(), "tags").stream().map(RecordWriter::utf8).toList();

    int size = RecordLayout.TIMES_AT + 4 * Short.BYTES + Integer.BYTES;
    size += write.expiresAt() == null ? 0 : Long.BYTES;
    size += write.validFrom() == null ? 0 : Long.BYTES;
    size += id.length + authorKey.length + author.length + content.length;
    size += session == null ? 0 : Short.BYTES + session.length;
    size += metadata == null ? 0 : Integer.BYTES + metadata.length;
    for (byte[] tag : tags) {
      size += Short.BYTES + tag.length;
    }
    ByteBuffer out = buffer(size);
    int flags = session == null ? 0 : RecordLayout.SESSION;
    flags |= metadata == null ? 0 : RecordLayout.METADATA;
    flags |= write.expiresAt() == null ? 0 : RecordLayout.EXPIRES;
    flags |= write.validFrom() == null ? 0 : RecordLayout.VALID_FROM;
    header(out, stamp, flags);
    out.put(RecordLayout.TYPE_AT, (byte) required(write.type(), "type").ordinal());
    out.put(RecordLayout.ORIGIN_AT, (byte) write.author().origin().ordinal());
    out.putFloat(RecordLayout.IMPORTANCE_AT, required(write.importance(), "importance"));
    out.putLong(RecordLayout.CREATED_AT, kept.createdAtMicros());
    out.putLong(RecordLayout.UPDATED_AT, write.writtenAtMicros());
    out.putInt(RecordLayout.TRAITS_AT, TextTraits.of(required(write.content(), "content")));
    out.putInt(RecordLayout.VERSION_AT, kept.version());
    out.putInt(RecordLayout.APPRAISAL_AT, AppraisalBits.pack(kept.appraisal()));
    out.position(RecordLayout.TIMES_AT);
    if (write.expiresAt() != null) {
      out.putLong(write.expiresAt());
    }
    if (write.validFrom() != null) {
      out.putLong(write.validFrom());
    }
    putShort(out, id);
    putShort(out, authorKey);
    putShort(out, author);
    if (session != null) {
      putShort(out, session);
    }
    out.putShort((short) tags.size());
    for (byte[] tag : tags) {
      putShort(out, tag);
    }
    if (metadata != null) {
      out.putInt(metadata.length).put(metadata);
    }
    out.putInt(content.length).put(content);
    return new MemoryRecord(out.array());
  }

  private static void header(ByteBuffer out, Stamp stamp, int flags) {
    out.put(RecordLayout.FORMAT_AT, RecordLayout.FORMAT);
    out.put(RecordLayout.FLAGS_AT, (byte) flags);
    putStamp(out, stamp);
  }

  private static void putStamp(ByteBuffer out, Stamp stamp) {
    out.putInt(RecordLayout.INCARNATION_AT, stamp.incarnation());
    out.putInt(RecordLayout.PARTITION_VERSION_AT, stamp.partitionVersion());
    out.putLong(RecordLayout.SEQUENCE_AT, stamp.sequence());
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void putShort(ByteBuffer out, byte[] text) {
    if (text.length > 0xFFFF) {
      throw new IllegalArgumentException("a text of " + text.length + " bytes in a short field");
    }
    out.putShort((short) text.length).put(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T or(@Nullable T given, T present) {
    return given == null ? present : given;
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException("a store says its " + field);
    }
    return value;
  }
}
