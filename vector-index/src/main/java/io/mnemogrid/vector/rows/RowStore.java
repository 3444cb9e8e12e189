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
 * The rows of one index in chunks. All chunks but the last are full and never move; the last grows,
 * by being copied while it is small and later where it is, and shrinks by being copied, so that an
 * index of five rows takes the memory of five rows. Room for rows to come is at most an eighth of
 * all rows' memory and an eighth of a full chunk, apart from blocks of under 128 bytes; where the
 * last chunk can grow in place, much less. Written by one thread; {@link #directory} is for any.
 */
public final class RowStore {
  private static final Block[] NO_CHUNKS = {};
  private static final int SLACK_SHARE = 8;

  /**
   * A last chunk with room for so many times the rows that it should have room for is too large.
   */
  private static final int SHRINK_FACTOR = 2;

  /** Where the last chunk grows in place, the part of all rows that it grows by. */
  private static final int STEP_SHARE = 512;

  /** From there on it does, where it can. */
  private static final long LEAST_GROWING_BYTES = 1 << 20;

  private static final long LEAST_STEP_BYTES = 64 * 1024;

  /** A huge page that is taken before it is used is no more than the usual slack of so many. */
  private static final long LEAST_AHEAD_BYTES = 16 << 20;

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
    int chunk = slot >>> layout.chunkShift();
    int first = chunk << layout.chunkShift();
    int before = now.capacity() - first;
    Block last = before == 0 ? null : now.chunks[chunk];
    long wanted = rowsWanted(chunk, before);
    Block grown = last == null ? null : allocator.grow(last, wanted * layout.strideBytes());
    Block replaced = null;
    if (grown == null) {
      grown = allocate(wanted, first + wanted);
      if (last != null) {
        NativeMemory.copy(last.address(), grown.address(), before * layout.strideBytes());
        replaced = last;
      }
    }
    Block[] chunks = Arrays.copyOf(now.chunks, chunk + 1);
    chunks[chunk] = grown;
    directory = new RowDirectory(layout, chunks, first + rowsIn(grown));
    return replaced;
  }

  /** A block for {@code rows} rows, which grows in place once all rows take a lot. */
  private Block allocate(long rows, long allRows) {
    long bytes = rows * layout.strideBytes();
    boolean ahead = allRows * layout.strideBytes() >= LEAST_AHEAD_BYTES;
    return growsInPlace(allRows)
        ? allocator.allocateGrowing(bytes, chunkBytes(), ahead)
        : allocator.allocate(bytes);
  }

  private boolean growsInPlace(long allRows) {
    return allocator.growsInPlace() && allRows * layout.strideBytes() >= LEAST_GROWING_BYTES;
  }

  private long chunkBytes() {
    return layout.strideBytes() << layout.chunkShift();
  }

  private int rowsIn(Block chunk) {
    return (int) Math.min(1L << layout.chunkShift(), chunk.bytes() / layout.strideBytes());
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
        capacity = first + rowsIn(smaller);
      }
    }
    if (!withdrawn.isEmpty()) {
      directory = new RowDirectory(layout, chunks, capacity);
    }
    return withdrawn;
  }

  /** A copy of a chunk that has room for too many rows; else itself, also if there is no memory. */
  private Block smaller(Block chunk, int number, int rows) {
    long wanted = rowsWanted(number, rows - 1);
    if (chunk.bytes() < SHRINK_FACTOR * wanted * layout.strideBytes()) {
      return chunk;
    }
    try {
      Block smaller = allocate(wanted, ((long) number << layout.chunkShift()) + wanted);
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
        chunks[i] = allocate(rows, slots);
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
    long all = ((long) chunk << layout.chunkShift()) + needed;
    if (growsInPlace(all)) {
      // Nothing is copied, so the steps need not be long.
      long share = all * stride / STEP_SHARE;
      long step = Math.clamp(share, LEAST_STEP_BYTES, chunkBytes() / SLACK_SHARE);
      return Math.min(chunkRows, needed + step / stride);
    }
    // Once there are full chunks, an eighth of one is an eighth of everything at most, and steps of
    // that size copy a row four times on average. In the first chunk the steps grow with it.
    long slack = chunk > 0 ? chunkRows * stride / SLACK_SHARE : needed * stride / (SLACK_SHARE - 1);
    // What the allocator adds by rounding up comes out of the same slack.
    return Math.min(chunkRows, needed + Math.max(0, slack - ROUNDING_BYTES) / stride);
  }
}
