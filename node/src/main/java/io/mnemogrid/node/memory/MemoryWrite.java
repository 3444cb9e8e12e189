package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write of one memory on its way to the owner of its shard.
 *
 * <p>A null field keeps what the memory has, so a write can be sent again after an unknown outcome:
 * the owner recognises {@code token} and does it once.
 *
 * @param id the memory
 * @param token drawn at random for each write
 * @param mustExist whether a missing memory refuses the write (an update) or is made (a store)
 * @param metadata a JSON object as text
 * @param vector {@code float[dimension]} of the namespace, or null to keep the present one
 * @param writtenAt unix seconds
 */
public record MemoryWrite(
    String id,
    long token,
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
    Author author,
    long writtenAt) {

  /** Who writes, and by which way. */
  public record Author(String keyId, String name, Provenance.Origin origin) {}
}
