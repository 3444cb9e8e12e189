package io.mnemogrid.vector;

/** A vector holds NaN or infinity, or has no direction where one is needed. */
public final class InvalidVectorException extends VectorIndexException {
  private static final long serialVersionUID = 1L;

  InvalidVectorException(String reason) {
    super(reason);
  }
}
