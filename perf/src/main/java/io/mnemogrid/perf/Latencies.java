package io.mnemogrid.perf;

import java.util.Arrays;

/** Times of single requests, of which any number of threads report each its own. */
public final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] nanos;

  public Latencies(int requests) {
    this.nanos = new long[requests];
  }

  /** Each request once; what is told is seen by the reader once the threads are joined. */
  public void took(int request, long itsNanos) {
    nanos[request] = itsNanos;
  }

  /**
   * The time, in milliseconds, that this share of the requests did not exceed.
   *
   * @param share above 0, up to 1
   */
  public double millis(double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
  }
}
