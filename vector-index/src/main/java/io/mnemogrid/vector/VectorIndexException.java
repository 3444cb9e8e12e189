package io.mnemogrid.vector;

/** An expected refusal: the index is as it was before the call. */
public abstract sealed class VectorIndexException extends RuntimeException
    permits DimensionMismatchException,
        IndexClosedException,
        InvalidVectorException,
        SnapshotException,
        VectorMemoryExhausted {
  private static final long serialVersionUID = 1L;

  VectorIndexException(String message) {
    super(message, null, false, false); // expected outcomes: a stack trace would only cost
  }
}
