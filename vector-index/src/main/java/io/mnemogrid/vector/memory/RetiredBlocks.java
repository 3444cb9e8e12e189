package io.mnemogrid.vector.memory;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Blocks withdrawn from use that searches may still read. Any thread, under its own lock. */
public final class RetiredBlocks {
  private final SlabAllocator allocator;
  private final ReadGate gate;
  private @Nullable ArrayDeque<Retired> waiting;

  public RetiredBlocks(SlabAllocator allocator, ReadGate gate) {
    this.allocator = allocator;
    this.gate = gate;
  }

  /** Frees {@code block} once the readers of this moment are gone. */
  public synchronized void add(Block block) {
    if (waiting == null) {
      waiting = new ArrayDeque<>(1);
    }
    waiting.add(new Retired(block, gate.epoch()));
  }

  /** Frees what no reader can see any more. */
  public synchronized void reclaim() {
    if (waiting == null) {
      return;
    }
    gate.advance();
    while (!waiting.isEmpty() && gate.isPast(waiting.getFirst().epoch())) {
      allocator.free(waiting.removeFirst().block());
    }
    if (waiting.isEmpty()) {
      waiting = null;
    }
  }

  /** Frees all of them; the caller makes sure that nobody reads any more. */
  public synchronized void freeAll() {
    if (waiting != null) {
      waiting.forEach(retired -> allocator.free(retired.block()));
      waiting = null;
    }
  }

  public synchronized long bytes() {
    long bytes = 0;
    if (waiting != null) {
      for (Retired retired : waiting) {
        bytes += retired.block().bytes();
      }
    }
    return bytes;
  }

  private record Retired(Block block, int epoch) {}
}
