package io.mnemogrid.vector;

/** An image is truncated, damaged, or not one of ours. */
public final class SnapshotException extends VectorIndexException {
  private static final long serialVersionUID = 1L;

  SnapshotException(String reason) {
    super(reason);
  }
}
