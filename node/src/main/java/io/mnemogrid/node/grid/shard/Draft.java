package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.memory.MemoryWrite;
import org.jspecify.annotations.Nullable;

/**
 * A write that may go to two spaces.
 *
 * @param write with the vector for the first
 * @param beside the vector for the second, or null when there is none or it keeps the vector it has
 */
public record Draft(MemoryWrite write, float @Nullable [] beside) {
  /** A write to one space. */
  public static Draft of(MemoryWrite write) {
    return new Draft(write, null);
  }

  /** Of the memory. */
  public String id() {
    return write.id();
  }
}
