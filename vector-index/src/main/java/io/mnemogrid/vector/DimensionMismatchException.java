package io.mnemogrid.vector;

/** A vector has another number of elements than the index. */
public final class DimensionMismatchException extends VectorIndexException {
  private static final long serialVersionUID = 1L;

  DimensionMismatchException(int expected, int actual) {
    super("vector has %d elements, the index %d".formatted(actual, expected));
  }
}
