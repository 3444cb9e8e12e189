package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.MemoryType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a memory; null leaves a field as it is.
 *
 * @param metadata a JSON object as text that takes the place of the present one
 * @param sessionId as it is said beside the metadata
 * @param validFrom unix seconds, likewise
 * @param embedding the client's own vector for the new content
 */
public record MemoryPatch(
    @Nullable String content,
    @Nullable MemoryType type,
    @Nullable Float importance,
    @Nullable List<String> tags,
    @Nullable String metadata,
    @Nullable String sessionId,
    @Nullable Long validFrom,
    float @Nullable [] embedding,
    Verdict verdict) {

  public static MemoryPatch importance(float importance) {
    return new MemoryPatch(null, null, importance, null, null, null, null, null, Verdict.NONE);
  }

  public static MemoryPatch verdict(Verdict verdict) {
    return new MemoryPatch(null, null, null, null, null, null, null, null, verdict);
  }
}
