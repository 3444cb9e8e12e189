package io.mnemogrid.node.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One memory as it stands in the grid. All times are unix seconds.
 *
 * @param importance 0..1
 * @param metadata a JSON object as text, or null
 * @param expiresAt the second from which it is gone, or null for never
 * @param validFrom the second from which what it says holds, or null
 * @param accessCount recalls and reads so far: approximate, lost when an owner is lost
 */
public record Memory(
    String id,
    String namespace,
    String content,
    MemoryType type,
    float importance,
    List<String> tags,
    @Nullable String metadata,
    @Nullable String sessionId,
    long createdAt,
    long updatedAt,
    long lastAccessedAt,
    int accessCount,
    @Nullable Long expiresAt,
    @Nullable Long validFrom,
    Appraisal appraisal,
    Provenance provenance)
    implements Attributes {

  public Memory {
    tags = List.copyOf(tags);
  }
}
