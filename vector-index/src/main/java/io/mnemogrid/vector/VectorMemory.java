package io.mnemogrid.vector;

import io.mnemogrid.vector.codes.CodeEncoder;
import io.mnemogrid.vector.memory.SlabAllocator;

/**
 * The memory outside the heap that the indexes of a node share, under one limit, and the scratch of
 * the threads that search them. Any thread.
 */
public final class VectorMemory implements AutoCloseable {
  private final SlabAllocator allocator;
  private final ScratchPool<Search> searches = new ScratchPool<>(Search::new);
  private final ScratchPool<MaintenanceScratch> maintenances =
      new ScratchPool<>(MaintenanceScratch::new);
  private final ScratchPool<CodeEncoder> encoders = new ScratchPool<>(CodeEncoder::new);

  /**
   * Makes an allocator that has taken nothing yet.
   *
   * @param limitBytes most bytes taken from the system at any time
   */
  public VectorMemory(long limitBytes) {
    this(new SlabAllocator(limitBytes, false));
  }

  private VectorMemory(SlabAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * For tests: freed memory is overwritten and stays mapped, so that a read after a free gives NaN
   * scores rather than plausible ones or a crash.
   */
  public static VectorMemory poisoning(long limitBytes) {
    return new VectorMemory(new SlabAllocator(limitBytes, true));
  }

  /** Bytes of the blocks that indexes hold. */
  public long usedBytes() {
    return allocator.usedBytes();
  }

  /**
   * Bytes taken from the system, which the limit is about: used ones, and free ones between and
   * behind them.
   */
  public long reservedBytes() {
    return allocator.reservedBytes();
  }

  /**
   * How much of {@link #reservedBytes} the system was asked to keep in huge pages, which make reads
   * far apart faster. Whether it does depends on its settings and on what it has free.
   */
  public long hugeBytes() {
    return allocator.hugeBytes();
  }

  public long limitBytes() {
    return allocator.limitBytes();
  }

  SlabAllocator allocator() {
    return allocator;
  }

  ScratchPool<Search> searches() {
    return searches;
  }

  ScratchPool<MaintenanceScratch> maintenances() {
    return maintenances;
  }

  ScratchPool<CodeEncoder> encoders() {
    return encoders;
  }

  /** Refuses further memory. What indexes hold stays valid until they are closed. */
  @Override
  public void close() {
    allocator.close();
  }
}
