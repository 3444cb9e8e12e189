package io.mnemogrid.vector.memory;

/** Memory from the system, cut into at most 64 blocks of one size. */
final class Page {
  static final int MOST_BLOCKS = Long.SIZE;

  final long blockBytes;
  final int blocks;
  private final SystemMemory memory;
  private final long base;
  private long free;

  /** Cuts up {@code memory}, which is the page's from now on. */
  Page(long blockBytes, int blocks, SystemMemory memory) {
    this.blockBytes = blockBytes;
    this.blocks = blocks;
    this.memory = memory;
    this.base = memory.address();
    this.free = blocks == MOST_BLOCKS ? -1L : (1L << blocks) - 1;
  }

  long bytes() {
    return blockBytes * blocks;
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

  void release() {
    memory.release();
  }
}
