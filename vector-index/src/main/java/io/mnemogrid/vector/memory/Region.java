package io.mnemogrid.vector.memory;

import java.lang.foreign.MemorySegment;

/** A stretch of memory outside the heap. */
public record Region(long address, long bytes) {
  public MemorySegment segment() {
    return NativeMemory.SPACE.asSlice(address, bytes);
  }
}
