package io.mnemogrid.vector.memory;

import org.jspecify.annotations.Nullable;

/**
 * Memory from the system: cut into at most 64 blocks of one size, or kept for one that may grow.
 */
final class Page {
  static final int MOST_BLOCKS = Long.SIZE;

  final long blockBytes;
  final int blocks;
  final SlabAllocator.@Nullable Shelf shelf;
  private final SystemMemory memory;
  private final long base;
  private long free;

  /** Cuts up {@code memory}, which is the page's from now on. */
  Page(SlabAllocator.Shelf shelf, long blockBytes, int blocks, SystemMemory memory) {
    this.shelf = shelf;
    this.blockBytes = blockBytes;
    this.blocks = blocks;
    this.memory = memory;
    this.base = memory.address();
    this.free = blocks == MOST_BLOCKS ? -1L : (1L << blocks) - 1;
  }

  /** Keeps {@code memory} for one block that grows. */
  Page(SystemMemory.Mapped memory) {
    this.shelf = null;
    this.blockBytes = memory.mostBytes();
    this.blocks = 1;
    this.memory = memory;
    this.base = memory.address();
    this.free = 1;
  }

  long bytes() {
    return memory.bytes();
  }

  long hugeBytes() {
    return memory.hugeBytes();
  }

  boolean isFull() {
    return free == 0;
  }

  boolean isEmpty() {
    return Long.bitCount(free) == blocks;
  }

  Block take() {
    int i = Long.numberOfTrailingZeros(free);
    free &= ~(1L << i);
    return new Block(this, base + i * blockBytes);
  }

  void giveBack(Block block) {
    int i = (int) ((block.address() - base) / blockBytes);
    free |= 1L << i;
  }

  /**
   * What {@link #bytes} will be once the block has grown to {@code newBytes}.
   *
   * @param room bytes that may be taken from the system
   */
  long bytesWith(long newBytes, long room) {
    return ((SystemMemory.Mapped) memory).bytesWith(newBytes, room);
  }

  /** The block that grows, as it is from now on, with so many bytes taken from the system. */
  Block grow(long bytes, long taken) {
    ((SystemMemory.Mapped) memory).takeUpTo(taken);
    free = 0;
    return new GrowingBlock(this, base, bytes);
  }

  void release() {
    memory.release();
  }
}
