package io.mnemogrid.vector.memory;

/** A block that has a page to itself, and more of it from time to time. */
final class GrowingBlock extends Block {
  private final long bytes;

  GrowingBlock(Page page, long address, long bytes) {
    super(page, address);
    this.bytes = bytes;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
