package io.mnemogrid.vector.memory;

/**
 * Which sizes blocks come in: eight steps to a doubling, so that rounding up wastes at most 1/8.
 */
final class SizeClasses {
  static final long SMALLEST_BYTES = 64;
  static final long PAGE_ALIGNMENT_BYTES = 4096;

  /** Larger blocks come in whole pages of the system. */
  static final long LARGEST_STEPPED_BYTES = 32 * 1024;

  private static final int STEPS_PER_DOUBLING = 8;
  private static final int SMALLEST_STEP_BYTES = 16;

  private SizeClasses() {}

  static long roundUp(long bytes) {
    if (bytes <= SMALLEST_BYTES) {
      return SMALLEST_BYTES;
    }
    long step =
        bytes > LARGEST_STEPPED_BYTES
            ? PAGE_ALIGNMENT_BYTES
            : Math.max(Long.highestOneBit(bytes - 1) / STEPS_PER_DOUBLING, SMALLEST_STEP_BYTES);
    return Math.ceilDiv(bytes, step) * step;
  }
}
