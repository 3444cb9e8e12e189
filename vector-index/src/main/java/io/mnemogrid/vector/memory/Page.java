package io.mnemogrid.vector.memory;

import java.lang.foreign.Arena;

/** Memory from the system, cut into at most 64 blocks of one size. */
final class Page {
  static final int MOST_BLOCKS = Long.SIZE;
  private static final long ALIGNMENT_BYTES = 64;

  final long blockBytes;
  final int blocks;
  private final Arena arena = Arena.ofShared();
  private final long base;
  private long free;

  Page(long blockBytes, int blocks) {
    this.blockBytes = blockBytes;
    this.blocks = blocks;
    this.base = arena.allocate(blockBytes * blocks, ALIGNMENT_BYTES).address();
    this.free = blocks == MOST_BLOCKS ? -1L : (1L << blocks) - 1;
  }

  long bytes() {
    return blockBytes * blocks;
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

  void release() {
    arena.close();
  }
}
