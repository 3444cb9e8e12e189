package io.mnemogrid.vector;

/** The index was closed before the call. */
public final class IndexClosedException extends VectorIndexException {
  private static final long serialVersionUID = 1L;

  IndexClosedException() {
    super("index is closed");
  }
}
