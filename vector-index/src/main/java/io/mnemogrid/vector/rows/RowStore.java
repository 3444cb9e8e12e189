package io.mnemogrid.vector.rows;

import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.NativeMemory;
import io.mnemogrid.vector.memory.SlabAllocator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one index in chunks. All chunks but the last are full and never move; the last grows
 * by copying into a larger block, so that an index of five rows takes the memory of five rows.
 * Written by one thread; {@link #directory} is for any.
 */
public final class RowStore {
  private static final Block[] NO_CHUNKS = {};

  private final RowLayout layout;
  private final SlabAllocator allocator;
  private volatile RowDirectory directory;

  public RowStore(RowLayout layout, SlabAllocator allocator) {
    this.layout = layout;
    this.allocator = allocator;
    this.directory = new RowDirectory(layout, NO_CHUNKS, 0);
  }

  public RowDirectory directory() {
    return directory;
  }

  /**
   * Makes room for {@code slot}, which is at most one past the last place.
   *
   * @return a block that searches may still read and that the caller has to free after them
   * @throws MemoryLimitException if there is no memory; nothing has changed then
   */
  public @Nullable Block makeRoomFor(int slot) {
    RowDirectory now = directory;
    if (now.holds(slot)) {
      return null;
    }
    int chunkRows = 1 << layout.chunkShift();
    int chunk = slot >>> layout.chunkShift();
    int before = now.capacity() - (chunk << layout.chunkShift());
    int wanted = before == 0 ? firstRows(chunk, chunkRows) : before + Math.max(1, before / 4);
    Block grown = allocator.allocate(Math.min(wanted, chunkRows) * layout.strideBytes());
    int rows = (int) Math.min(chunkRows, grown.bytes() / layout.strideBytes());
    Block replaced = before == 0 ? null : now.chunks[chunk];
    if (replaced != null) {
      NativeMemory.copy(replaced.address(), grown.address(), before * layout.strideBytes());
    }
    Block[] chunks = Arrays.copyOf(now.chunks, chunk + 1);
    chunks[chunk] = grown;
    directory = new RowDirectory(layout, chunks, (chunk << layout.chunkShift()) + rows);
    return replaced;
  }

  /** Makes room for {@code slots} rows in an empty store with no memory to spare. */
  public void makeRoomForAll(int slots) {
    int chunkRows = 1 << layout.chunkShift();
    Block[] chunks = new Block[Math.ceilDiv(slots, chunkRows)];
    int capacity = 0;
    try {
      for (int i = 0; i < chunks.length; i++) {
        int rows = Math.min(chunkRows, slots - capacity);
        chunks[i] = allocator.allocate(rows * layout.strideBytes());
        capacity += rows;
      }
    } catch (MemoryLimitException e) {
      for (Block chunk : chunks) {
        if (chunk != null) {
          allocator.free(chunk);
        }
      }
      throw e;
    }
    directory = new RowDirectory(layout, chunks, capacity);
  }

  public long bytes() {
    long bytes = 0;
    for (Block chunk : directory.chunks) {
      bytes += chunk.bytes();
    }
    return bytes;
  }

  /** Frees all chunks. The caller makes sure that nobody reads any more. */
  public void free() {
    for (Block chunk : directory.chunks) {
      allocator.free(chunk);
    }
    directory = new RowDirectory(layout, NO_CHUNKS, 0);
  }

  // A quarter chunk to begin with once there are full ones: fewer copies, little waste.
  private static int firstRows(int chunk, int chunkRows) {
    return chunk == 0 ? 1 : chunkRows / 4;
  }
}
