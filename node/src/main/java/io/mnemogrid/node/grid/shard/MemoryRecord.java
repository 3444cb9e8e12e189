package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.RecordLayout.afterShortText;
import static io.mnemogrid.node.grid.shard.RecordLayout.floatAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.has;
import static io.mnemogrid.node.grid.shard.RecordLayout.idAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.intAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.longAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.unsignedShort;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
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
import org.jspecify.annotations.Nullable;

/**
 * A memory, or the tombstone of one, as the bytes that are kept, replicated and migrated. Reading a
 * field decodes that field alone; the bytes are never changed.
 */
public final class MemoryRecord {
  private static final MemoryType[] TYPES = MemoryType.values();
  private static final Provenance.Origin[] ORIGINS = Provenance.Origin.values();

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

  /** Unix seconds; of a tombstone, when it was set. */
  public long updatedAt() {
    return longAt(bytes, RecordLayout.UPDATED_AT);
  }

  public long createdAt() {
    return longAt(bytes, RecordLayout.CREATED_AT);
  }

  public float importance() {
    return floatAt(bytes, RecordLayout.IMPORTANCE_AT);
  }

  int version() {
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

  /** Whether all of the filter's conditions hold; decodes what they are about and no more. */
  public boolean passes(MemoryFilter filter) {
    return (filter.type() == null || TYPES[bytes[RecordLayout.TYPE_AT]] == filter.type())
        && (filter.minImportance() == null || importance() >= filter.minImportance())
        && (filter.maxImportance() == null || importance() <= filter.maxImportance())
        && (filter.createdAfter() == null || createdAt() >= filter.createdAfter())
        && (filter.createdBefore() == null || createdAt() <= filter.createdBefore())
        && (filter.sessionId() == null || filter.sessionId().equals(sessionId()))
        && (filter.tags().isEmpty() || tags().containsAll(filter.tags()));
  }

  private @Nullable String sessionId() {
    return has(bytes, RecordLayout.SESSION) ? shortText(sessionFrom()) : null;
  }

  private List<String> tags() {
    int at = tagsFrom();
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
    int authorKeyAt = afterShortText(bytes, idAt(bytes));
    int authorAt = afterShortText(bytes, authorKeyAt);
    int publishedAt =
        has(bytes, RecordLayout.SESSION) ? afterShortText(bytes, sessionFrom()) : sessionFrom();
    int metadataAt = metadataFrom();
    int contentAt =
        has(bytes, RecordLayout.METADATA)
            ? metadataAt + Integer.BYTES + intAt(bytes, metadataAt)
            : metadataAt;
    Provenance provenance =
        new Provenance(
            shortText(authorKeyAt),
            shortText(authorAt),
            updatedAt(),
            version(),
            ORIGINS[bytes[RecordLayout.ORIGIN_AT]],
            has(bytes, RecordLayout.PUBLISHED_FROM) ? shortText(publishedAt) : null,
            sha256(contentAt));
    return new Memory(
        id(),
        namespace,
        longText(contentAt),
        TYPES[bytes[RecordLayout.TYPE_AT]],
        importance(),
        tags(),
        has(bytes, RecordLayout.METADATA) ? longText(metadataAt) : null,
        sessionId(),
        createdAt(),
        updatedAt(),
        lastAccessedAt,
        accessCount,
        has(bytes, RecordLayout.EXPIRES) ? longAt(bytes, RecordLayout.TIMES_AT) : null,
        has(bytes, RecordLayout.VALID_FROM) ? longAt(bytes, RecordLayout.validFromAt(bytes)) : null,
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

  private int sessionFrom() {
    return afterShortText(bytes, afterShortText(bytes, afterShortText(bytes, idAt(bytes))));
  }

  private int tagsFrom() {
    int at = sessionFrom();
    if (has(bytes, RecordLayout.SESSION)) {
      at = afterShortText(bytes, at);
    }
    return has(bytes, RecordLayout.PUBLISHED_FROM) ? afterShortText(bytes, at) : at;
  }

  private int metadataFrom() {
    int at = tagsFrom();
    int count = unsignedShort(bytes, at);
    at += Short.BYTES;
    for (int i = 0; i < count; i++) {
      at = afterShortText(bytes, at);
    }
    return at;
  }

  private String shortText(int at) {
    return new String(bytes, at + Short.BYTES, unsignedShort(bytes, at), StandardCharsets.UTF_8);
  }

  private String longText(int at) {
    return new String(bytes, at + Integer.BYTES, intAt(bytes, at), StandardCharsets.UTF_8);
  }
}
