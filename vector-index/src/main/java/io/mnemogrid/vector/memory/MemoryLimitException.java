package io.mnemogrid.vector.memory;

/** A block was not handed out, because the limit would have been passed. Nothing was changed. */
public final class MemoryLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MemoryLimitException(long wantedBytes, long usedBytes, long limitBytes) {
    super(
        "%d bytes wanted, %d of %d bytes in use".formatted(wantedBytes, usedBytes, limitBytes),
        null,
        false,
        false); // an expected outcome: a stack trace would only cost
  }
}
