package io.mnemogrid.vector.memory;

/**
 * A block was not handed out, because the limit would have been passed or the system has no more.
 * Nothing was changed.
 */
public final class MemoryLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private MemoryLimitException(String detail) {
    super(detail, null, false, false); // an expected outcome: a stack trace would only cost
  }

  static MemoryLimitException overLimit(long wantedBytes, long usedBytes, long limitBytes) {
    return new MemoryLimitException(
        "%d bytes wanted, %d of %d bytes in use".formatted(wantedBytes, usedBytes, limitBytes));
  }

  static MemoryLimitException refused(long wantedBytes, long usedBytes, long limitBytes) {
    return new MemoryLimitException(
        "the system has no %d bytes, %d of %d bytes in use"
            .formatted(wantedBytes, usedBytes, limitBytes));
  }
}
