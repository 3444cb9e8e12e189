package io.mnemogrid.node.grid.shard;

/**
 * When a read takes place, and when it has to have ended.
 *
 * @param unixSeconds by which memories expire
 * @param endNanos of {@link System#nanoTime}; what a filter has not decided by then is not asked
 *     any more
 */
public record ReadTime(long unixSeconds, long endNanos) {
  private static final long AGES_NANOS = Long.MAX_VALUE / 2;

  /** Of a read that may take as long as it takes. */
  public static ReadTime unlimited(long unixSeconds) {
    return new ReadTime(unixSeconds, System.nanoTime() + AGES_NANOS);
  }

  /**
   * @throws ReadTimeoutException when it is over, or the thread is to end
   */
  void require() {
    if (System.nanoTime() - endNanos >= 0 || Thread.currentThread().isInterrupted()) {
      throw new ReadTimeoutException();
    }
  }
}
