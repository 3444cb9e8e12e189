package io.mnemogrid.node.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Times of writes, each later than the one before, however fast they come. Any thread. */
final class WriteClock {
  private static final long MICROS = 1_000_000;
  private static final int NANOS_A_MICRO = 1_000;

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

  WriteClock(InstantSource clock) {
    this.clock = clock;
  }

  /** Microseconds since 1970. */
  long nextMicros() {
    Instant now = clock.instant();
    long micros = now.getEpochSecond() * MICROS + now.getNano() / NANOS_A_MICRO;
    return last.updateAndGet(before -> Math.max(before + 1, micros));
  }
}
