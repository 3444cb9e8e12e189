package io.mnemogrid.vector.memory;

/** A piece of memory outside the heap, owned by whoever allocated it until it is freed. */
public sealed class Block permits GrowingBlock {
  final Page page;
  private final long address;
  private boolean freed;

  Block(Page page, long address) {
    this.page = page;
    this.address = address;
  }

  public long address() {
    return address;
  }

  /** At least what was asked for; all of it may be used. */
  public long bytes() {
    return page.blockBytes;
  }

  /** Called under the allocator's lock. A second free would corrupt another owner's data. */
  void markFreed() {
    if (freed) {
      throw new IllegalStateException("block at %x freed twice".formatted(address));
    }
    freed = true;
  }
}
