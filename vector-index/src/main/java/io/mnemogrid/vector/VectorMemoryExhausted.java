package io.mnemogrid.vector;

/** The limit of a {@link VectorMemory} would have been passed. */
public final class VectorMemoryExhausted extends VectorIndexException {
  private static final long serialVersionUID = 1L;

  VectorMemoryExhausted(String detail) {
    super("vector memory limit: " + detail);
  }
}
