package io.mnemogrid.vector.rows;

/**
 * Bytes of one row: the elements; then, if they are bytes, the scale (float) that turns them back
 * into numbers; then, where the metric needs it, the squared length (float) of the vector as given.
 */
public record RowLayout(int dimension, Encoding encoding, Metric metric) {
  private static final long MOST_CHUNK_BYTES = 1 << 20;
  private static final int MOST_CHUNK_SHIFT = 10;
  private static final int LEAST_CHUNK_SHIFT = 4;

  long elementsBytes() {
    return switch (encoding) {
      case FLOATS -> (long) dimension * Float.BYTES;
      case BYTES -> dimension;
    };
  }

  long scaleOffset() {
    return elementsBytes();
  }

  long squaredLengthOffset() {
    return elementsBytes() + (hasScale() ? Float.BYTES : 0);
  }

  boolean hasScale() {
    return encoding == Encoding.BYTES;
  }

  boolean hasSquaredLength() {
    return metric == Metric.NEGATED_SQUARED_DISTANCE;
  }

  /** Distance between two rows. */
  public long strideBytes() {
    return squaredLengthOffset() + (hasSquaredLength() ? Float.BYTES : 0);
  }

  /** Two to this power is the number of rows of a full chunk: about a megabyte. */
  public int chunkShift() {
    long rows = Math.max(1, MOST_CHUNK_BYTES / strideBytes());
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(rows);
    return Math.clamp(shift, LEAST_CHUNK_SHIFT, MOST_CHUNK_SHIFT);
  }
}
