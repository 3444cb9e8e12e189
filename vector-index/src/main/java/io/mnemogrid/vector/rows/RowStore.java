package io.mnemogrid.vector.rows;

import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.NativeMemory;
import io.mnemogrid.vector.memory.SlabAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one index in chunks. All chunks but the last are full and never move; the last grows
 * and shrinks by being copied, so that an index of five rows takes the memory of five rows. Room
 * for rows to come is at most an eighth of all rows' memory and an eighth of a full chunk, apart
 * from blocks of under 128 bytes. Written by one thread; {@link #directory} is for any.
 */
public final class RowStore {
  private static final Block[] NO_CHUNKS = {};
  private static final int SLACK_SHARE = 8;

  /**
   * A last chunk with room for so many times the rows that it should have room for is too large.
   */
  private static final int SHRINK_FACTOR = 2;

  /** Blocks from 28 KB on are rounded up by no more than this. */
  private static final long ROUNDING_BYTES = 4096;

  private final ChunkLayout layout;
  private final SlabAllocator allocator;
  private volatile RowDirectory directory;

  public RowStore(ChunkLayout layout, SlabAllocator allocator) {
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
    Block grown = allocator.allocate(rowsWanted(chunk, before) * layout.strideBytes());
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

  /**
   * Gives up what is behind the first {@code slots} rows, but for room for rows to come.
   *
   * @return blocks that searches may still read and that the caller has to free after them
   */
  public List<Block> trim(int slots) {
    RowDirectory now = directory;
    int kept = Math.ceilDiv(slots, 1 << layout.chunkShift());
    if (kept > now.chunks.length) {
      throw new IllegalArgumentException("%d rows, of %d".formatted(slots, now.capacity()));
    }
    List<Block> withdrawn =
        new ArrayList<>(Arrays.asList(now.chunks).subList(kept, now.chunks.length));
    Block[] chunks = Arrays.copyOf(now.chunks, kept);
    int capacity = Math.min(now.capacity(), kept << layout.chunkShift());
    if (kept > 0) {
      int first = (kept - 1) << layout.chunkShift();
      Block last = chunks[kept - 1];
      Block smaller = smaller(last, kept - 1, slots - first);
      if (smaller != last) {
        chunks[kept - 1] = smaller;
        withdrawn.add(last);
        capacity = first + (int) (smaller.bytes() / layout.strideBytes());
      }
    }
    if (!withdrawn.isEmpty()) {
      directory = new RowDirectory(layout, chunks, capacity);
    }
    return withdrawn;
  }

  /** A copy of a chunk that has room for too many rows; else itself, also if there is no memory. */
  private Block smaller(Block chunk, int number, int rows) {
    long wantedBytes = rowsWanted(number, rows - 1) * layout.strideBytes();
    if (chunk.bytes() < SHRINK_FACTOR * wantedBytes) {
      return chunk;
    }
    try {
      Block smaller = allocator.allocate(wantedBytes);
      NativeMemory.copy(chunk.address(), smaller.address(), rows * layout.strideBytes());
      return smaller;
    } catch (MemoryLimitException e) {
      return chunk;
    }
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

  /** The chunks, to be freed by the caller when nobody reads this store any more. */
  public Block[] chunks() {
    return directory.chunks;
  }

  /** Rows to ask for when the {@code before} rows of the last chunk are full. */
  private long rowsWanted(int chunk, int before) {
    long stride = layout.strideBytes();
    long chunkRows = 1L << layout.chunkShift();
    long needed = before + 1L;
    // Once there are full chunks, an eighth of one is an eighth of everything at most, and steps of
    // that size copy a row four times on average. In the first chunk the steps grow with it.
    long slack = chunk > 0 ? chunkRows * stride / SLACK_SHARE : needed * stride / (SLACK_SHARE - 1);
    // What the allocator adds by rounding up comes out of the same slack.
    return Math.min(chunkRows, needed + Math.max(0, slack - ROUNDING_BYTES) / stride);
  }
}
