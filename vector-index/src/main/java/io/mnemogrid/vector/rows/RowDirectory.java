package io.mnemogrid.vector.rows;

import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.Region;
import java.util.ArrayList;
import java.util.List;

/** Where the rows of an index are at one moment. Immutable. */
public final class RowDirectory {
  final Block[] chunks;
  private final long[] addresses;
  private final long strideBytes;
  private final int chunkShift;
  private final int capacity;

  RowDirectory(ChunkLayout layout, Block[] chunks, int capacity) {
    this.chunks = chunks;
    this.strideBytes = layout.strideBytes();
    this.chunkShift = layout.chunkShift();
    this.capacity = capacity;
    this.addresses = new long[chunks.length];
    for (int i = 0; i < chunks.length; i++) {
      addresses[i] = chunks[i].address();
    }
  }

  /** Whether {@code slot} has a place; a search may meet slots younger than its directory. */
  public boolean holds(int slot) {
    return slot < capacity;
  }

  public int capacity() {
    return capacity;
  }

  public long address(int slot) {
    assert slot >= 0 && slot < capacity : "slot %d of %d".formatted(slot, capacity);
    return addresses[slot >>> chunkShift] + (slot & (1 << chunkShift) - 1) * strideBytes;
  }

  /** The memory of the first {@code slots} rows. */
  public List<Region> regions(int slots) {
    List<Region> regions = new ArrayList<>();
    for (int slot = 0; slot < slots; ) {
      int many = Math.min(contiguousFrom(slot), slots - slot);
      regions.add(new Region(address(slot), many * strideBytes));
      slot += many;
    }
    return regions;
  }

  /** Rows from {@code slot} on that follow one another in memory. */
  private int contiguousFrom(int slot) {
    int chunkEnd = ((slot >>> chunkShift) + 1) << chunkShift;
    return Math.min(chunkEnd, capacity) - slot;
  }
}
