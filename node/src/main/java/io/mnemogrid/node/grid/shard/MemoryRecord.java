package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.RecordLayout.afterShortText;
import static io.mnemogrid.node.grid.shard.RecordLayout.floatAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.has;
import static io.mnemogrid.node.grid.shard.RecordLayout.idAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.intAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.longAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.unsignedShort;

import io.mnemogrid.node.model.Appraisal;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A memory, or the tombstone of one, as the bytes that are kept, replicated and migrated. Reading a
 * field decodes that field alone; the bytes are never changed.
 */
public final class MemoryRecord {
  private static final MemoryType[] TYPES = MemoryType.values();
  private static final Provenance.Origin[] ORIGINS = Provenance.Origin.values();

  // FNV-1a, 64 bits.
  private static final long HASH_SEED = 0xCBF29CE484222325L;
  private static final long HASH_PRIME = 0x100000001B3L;

  private final byte[] bytes;

  /**
   * Wraps bytes that {@link RecordWriter} wrote.
   *
   * @throws IllegalArgumentException if they are of another format
   */
  public MemoryRecord(byte[] bytes) {
    if (bytes.length < RecordLayout.TIMES_AT + Short.BYTES
        || bytes[RecordLayout.FORMAT_AT] != RecordLayout.FORMAT) {
      throw new IllegalArgumentException(
          "not a record of format %d: %d bytes".formatted(RecordLayout.FORMAT, bytes.length));
    }
    this.bytes = bytes;
  }

  /** The bytes themselves, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  public boolean isTombstone() {
    return has(bytes, RecordLayout.TOMBSTONE);
  }

  public Stamp stamp() {
    return new Stamp(
        intAt(bytes, RecordLayout.INCARNATION_AT),
        intAt(bytes, RecordLayout.PARTITION_VERSION_AT),
        longAt(bytes, RecordLayout.SEQUENCE_AT));
  }

  public String id() {
    return shortText(idAt(bytes));
  }

  /** The order of the ids, as {@link String#compareTo} has it, without making strings of them. */
  int compareIds(MemoryRecord other) {
    int from = idAt(bytes) + Short.BYTES;
    int to = from + unsignedShort(bytes, idAt(bytes));
    int otherFrom = idAt(other.bytes) + Short.BYTES;
    int otherTo = otherFrom + unsignedShort(other.bytes, idAt(other.bytes));
    int at = Arrays.mismatch(bytes, from, to, other.bytes, otherFrom, otherTo);
    if (at < 0) {
      return 0;
    }
    if (from + at == to || otherFrom + at == otherTo) {
      return Integer.compare(to - from, otherTo - otherFrom);
    }
    return Integer.compare(
        inOrderOfChars(bytes[from + at]), inOrderOfChars(other.bytes[otherFrom + at]));
  }

  /** Surrogates, which four bytes stand for, are before the last of what three bytes stand for. */
  private static int inOrderOfChars(byte utf8) {
    int unit = Byte.toUnsignedInt(utf8);
    return unit == 0xEE || unit == 0xEF ? unit + 0x10 : unit;
  }

  /** Whether this is a record of {@code idBytes}, in UTF-8. */
  boolean isOf(byte[] idBytes) {
    int at = idAt(bytes);
    int length = unsignedShort(bytes, at);
    int from = at + Short.BYTES;
    return length == idBytes.length
        && Arrays.equals(bytes, from, from + length, idBytes, 0, length);
  }

  byte[] idBytes() {
    int at = idAt(bytes);
    int from = at + Short.BYTES;
    return Arrays.copyOfRange(bytes, from, from + unsignedShort(bytes, at));
  }

  public long updatedAtMicros() {
    return longAt(bytes, RecordLayout.UPDATED_AT);
  }

  /**
   * A number that two records of a memory have in common only if they differ in nothing but their
   * stamps, but for a rare accident.
   */
  long likeness() {
    CRC32C rest = new CRC32C();
    rest.update(bytes, 0, RecordLayout.INCARNATION_AT);
    rest.update(bytes, RecordLayout.CREATED_AT, bytes.length - RecordLayout.CREATED_AT);
    long hash = HASH_SEED;
    hash = (hash ^ rest.getValue()) * HASH_PRIME;
    hash = (hash ^ version()) * HASH_PRIME;
    hash = (hash ^ longAt(bytes, RecordLayout.UPDATED_AT)) * HASH_PRIME;
    hash = (hash ^ Arrays.hashCode(idBytes())) * HASH_PRIME;
    return hash ^ (hash >>> 32);
  }

  /** Unix seconds; of a tombstone, when it was set. */
  public long updatedAt() {
    return RecordLayout.secondsAt(bytes, RecordLayout.UPDATED_AT);
  }

  /** Unix seconds. */
  public long createdAt() {
    return RecordLayout.secondsAt(bytes, RecordLayout.CREATED_AT);
  }

  /**
   * As {@link #createdAt}, finely enough to tell the order of memories that were stored together.
   */
  public long createdAtMicros() {
    return longAt(bytes, RecordLayout.CREATED_AT);
  }

  public MemoryType type() {
    return TYPES[bytes[RecordLayout.TYPE_AT]];
  }

  public float importance() {
    return floatAt(bytes, RecordLayout.IMPORTANCE_AT);
  }

  public int version() {
    return intAt(bytes, RecordLayout.VERSION_AT);
  }

  /** Unix seconds from which it is gone; {@code Long.MAX_VALUE} for never. */
  public long expiresAtOrNever() {
    return has(bytes, RecordLayout.EXPIRES) ? longAt(bytes, RecordLayout.TIMES_AT) : Long.MAX_VALUE;
  }

  /** Whether a reader may see it at that time. */
  public boolean isVisibleAt(long unixSeconds) {
    return !isTombstone() && unixSeconds < expiresAtOrNever();
  }

  /** When what it says was so: from when it holds, if that is said, or else when it was stored. */
  public long time() {
    return has(bytes, RecordLayout.VALID_FROM)
        ? longAt(bytes, RecordLayout.validFromAt(bytes))
        : createdAt();
  }

  /** Of its content, as {@link io.mnemogrid.node.recall.TextTraits} packs them. */
  public int traits() {
    return intAt(bytes, RecordLayout.TRAITS_AT);
  }

  public Appraisal appraisal() {
    return AppraisalBits.unpack(intAt(bytes, RecordLayout.APPRAISAL_AT));
  }

  /** A number that two contents have in common only if they are equal, but for a rare accident. */
  public long contentHash() {
    int from = RecordLayout.contentAt(bytes) + Integer.BYTES;
    long hash = HASH_SEED;
    for (int i = from; i < bytes.length; i++) {
      hash = (hash ^ bytes[i]) * HASH_PRIME;
    }
    return hash;
  }

  /** The first characters of its content, decoded from at most {@code mostBytes} bytes. */
  public String contentStart(int mostBytes) {
    int from = RecordLayout.contentAt(bytes) + Integer.BYTES;
    int length = Math.min(mostBytes, bytes.length - from);
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  public String content() {
    return longText(RecordLayout.contentAt(bytes));
  }

  public boolean hasSession() {
    return has(bytes, RecordLayout.SESSION);
  }

  /**
   * Orders records by session; within one by {@link #time}, then as they were stored, then by id.
   */
  static int bySession(MemoryRecord a, MemoryRecord b) {
    int order =
        compareShortTexts(a, RecordLayout.sessionAt(a.bytes), b, RecordLayout.sessionAt(b.bytes));
    if (order == 0) {
      order = Long.compare(a.time(), b.time());
    }
    if (order == 0) {
      order = Long.compare(a.createdAtMicros(), b.createdAtMicros());
    }
    return order == 0 ? compareShortTexts(a, idAt(a.bytes), b, idAt(b.bytes)) : order;
  }

  boolean isOfSessionOf(MemoryRecord other) {
    return compareShortTexts(
            this, RecordLayout.sessionAt(bytes), other, RecordLayout.sessionAt(other.bytes))
        == 0;
  }

  private static int compareShortTexts(MemoryRecord a, int aAt, MemoryRecord b, int bAt) {
    int aFrom = aAt + Short.BYTES;
    int bFrom = bAt + Short.BYTES;
    return Arrays.compareUnsigned(
        a.bytes,
        aFrom,
        aFrom + unsignedShort(a.bytes, aAt),
        b.bytes,
        bFrom,
        bFrom + unsignedShort(b.bytes, bAt));
  }

  public @Nullable String sessionId() {
    return has(bytes, RecordLayout.SESSION) ? shortText(RecordLayout.sessionAt(bytes)) : null;
  }

  private List<String> tags() {
    int at = RecordLayout.tagsAt(bytes);
    int count = unsignedShort(bytes, at);
    at += Short.BYTES;
    List<String> tags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tags.add(shortText(at));
      at = afterShortText(bytes, at);
    }
    return tags;
  }

  /**
   * Decodes the whole memory.
   *
   * @throws IllegalStateException for a tombstone
   */
  public Memory toMemory(String namespace, int accessCount, long lastAccessedAt) {
    if (isTombstone()) {
      throw new IllegalStateException("a tombstone is no memory");
    }
    int authorKeyAt = RecordLayout.authorKeyAt(bytes);
    int contentAt = RecordLayout.contentAt(bytes);
    Provenance provenance =
        new Provenance(
            shortText(authorKeyAt),
            shortText(afterShortText(bytes, authorKeyAt)),
            updatedAt(),
            version(),
            ORIGINS[bytes[RecordLayout.ORIGIN_AT]],
            has(bytes, RecordLayout.PUBLISHED_FROM)
                ? shortText(RecordLayout.publishedFromAt(bytes))
                : null,
            sha256(contentAt));
    return new Memory(
        id(),
        namespace,
        longText(contentAt),
        TYPES[bytes[RecordLayout.TYPE_AT]],
        importance(),
        tags(),
        has(bytes, RecordLayout.METADATA) ? longText(RecordLayout.metadataAt(bytes)) : null,
        sessionId(),
        createdAt(),
        updatedAt(),
        lastAccessedAt,
        accessCount,
        has(bytes, RecordLayout.EXPIRES) ? longAt(bytes, RecordLayout.TIMES_AT) : null,
        has(bytes, RecordLayout.VALID_FROM) ? longAt(bytes, RecordLayout.validFromAt(bytes)) : null,
        appraisal(),
        provenance);
  }

  private String sha256(int contentAt) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(bytes, contentAt + Integer.BYTES, intAt(bytes, contentAt));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String shortText(int at) {
    return new String(bytes, at + Short.BYTES, unsignedShort(bytes, at), StandardCharsets.UTF_8);
  }

  private String longText(int at) {
    return new String(bytes, at + Integer.BYTES, intAt(bytes, at), StandardCharsets.UTF_8);
  }
}
