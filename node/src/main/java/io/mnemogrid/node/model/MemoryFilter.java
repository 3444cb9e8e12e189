package io.mnemogrid.node.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on a memory's fields; absent ones hold for every memory. Times are unix seconds,
 * inclusive, and compare with {@code createdAt}.
 *
 * @param tags all of these must be present
 */
public record MemoryFilter(
    @Nullable MemoryType type,
    @Nullable Float minImportance,
    @Nullable Float maxImportance,
    List<String> tags,
    @Nullable String sessionId,
    @Nullable Long createdAfter,
    @Nullable Long createdBefore) {

  public static final MemoryFilter ALL =
      new MemoryFilter(null, null, null, List.of(), null, null, null);

  public MemoryFilter {
    tags = List.copyOf(tags);
  }

  /** Whether every memory passes. */
  public boolean isEmpty() {
    return equals(ALL);
  }
}
