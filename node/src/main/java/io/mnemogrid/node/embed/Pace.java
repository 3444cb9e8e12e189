package io.mnemogrid.node.embed;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long the model took so far, to tell a refused caller when to come back. Safe for any thread.
 */
final class Pace {
  private final int threads;
  private final LongAdder busyNanos = new LongAdder();
  private final LongAdder windows = new LongAdder();

  Pace(int threads) {
    this.threads = threads;
  }

  void ran(int windowCount, long nanos) {
    windows.add(windowCount);
    busyNanos.add(nanos);
  }

  /** Expected time until this many windows are done; zero as long as nothing is known. */
  Duration timeFor(int windowCount) {
    long done = windows.sum();
    return done == 0
        ? Duration.ZERO
        : Duration.ofNanos(busyNanos.sum() / done * windowCount / threads);
  }
}
