package io.mnemogrid.node.http;

import io.mnemogrid.node.config.HttpConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what this node has under way: requests, and bytes of their bodies. */
final class Admission {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int maxInFlight;
  private final long maxBytes;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Admission(HttpConfig config) {
    this.maxInFlight = config.maxInFlight();
    this.maxBytes = config.maxBufferedBytes();
  }

  /**
   * Lets a request in.
   *
   * @throws RequestRefused with 429 when too many are under way
   */
  Ticket enter() {
    if (inFlight.incrementAndGet() > maxInFlight) {
      inFlight.decrementAndGet();
      throw busy("this node has %d requests under way".formatted(maxInFlight));
    }
    return new Ticket();
  }

  private static RequestRefused busy(String what) {
    return new RequestRefused(
        Problem.later(429, "RATE_LIMIT_EXCEEDED", what + "; try again soon", RETRY_AFTER));
  }

  /** One request's share, given back once. Used on one event loop. */
  final class Ticket {
    private long held;
    private boolean released;

    /**
     * Takes room for more of the body.
     *
     * @throws RequestRefused with 429 when all bodies together are too large
     */
    void hold(int more) {
      if (bytes.addAndGet(more) > maxBytes) {
        bytes.addAndGet(-more);
        throw busy("this node holds too many request bodies at once");
      }
      held += more;
    }

    void release() {
      if (!released) {
        released = true;
        bytes.addAndGet(-held);
        inFlight.decrementAndGet();
      }
    }
  }
}
