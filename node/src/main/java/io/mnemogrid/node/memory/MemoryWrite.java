package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write of one memory on its way to the owner of its shard.
 *
 * @param id the memory
 * @param mustExist true for an update: a missing memory is left missing, and a null field keeps
 *     what is there. False for a store: the memory is made or written over, and null means none
 * @param metadata a JSON object as text
 * @param vector {@code float[dimension]} of the namespace, or null to keep the present one
 * @param verdict counts on an update alone; a new content is judged anew
 * @param writtenAtMicros microseconds since 1970, no two alike from one node: what is written in
 *     one second has an order
 * @param onlyVersion of the present memory that is written on: another, or none, is left as it is.
 *     Null for any
 */
public record MemoryWrite(
    String id,
    boolean mustExist,
    @Nullable String content,
    @Nullable MemoryType type,
    @Nullable Float importance,
    @Nullable List<String> tags,
    @Nullable String metadata,
    @Nullable String sessionId,
    @Nullable Long expiresAt,
    @Nullable Long validFrom,
    float @Nullable [] vector,
    Verdict verdict,
    Author author,
    long writtenAtMicros,
    @Nullable Long onlyVersion) {

  /** Writes a memory anew as it is, if it is that version still. */
  static MemoryWrite again(
      String id, long version, @Nullable Long expiresAt, Author author, long writtenAtMicros) {
    return new MemoryWrite(
        id,
        true,
        null,
        null,
        null,
        null,
        null,
        null,
        expiresAt,
        null,
        null,
        Verdict.NONE,
        author,
        writtenAtMicros,
        version);
  }

  /** The same with another vector. */
  public MemoryWrite with(float @Nullable [] otherVector) {
    return with(otherVector, expiresAt);
  }

  /** The same with another end. */
  MemoryWrite expiringAt(@Nullable Long otherExpiresAt) {
    return with(vector, otherExpiresAt);
  }

  private MemoryWrite with(float @Nullable [] otherVector, @Nullable Long otherExpiresAt) {
    return new MemoryWrite(
        id,
        mustExist,
        content,
        type,
        importance,
        tags,
        metadata,
        sessionId,
        otherExpiresAt,
        validFrom,
        otherVector,
        verdict,
        author,
        writtenAtMicros,
        onlyVersion);
  }

  /** Who writes, and by which way. */
  public record Author(String keyId, String name, Provenance.Origin origin) {}
}
