package io.mnemogrid.vector.rows;

/**
 * Bytes of one row: the elements; then, if they are integers, the scale (float) that turns them
 * back into numbers; then, where the metric needs it, the squared length (float) of the vector as
 * given.
 *
 * <p>Elements of 24 bits lie as all the high parts (signed bytes), then all the low parts (unsigned
 * shorts, not aligned): each element is {@code high << 16 | low}.
 */
public record RowLayout(int dimension, Encoding encoding, Metric metric) implements ChunkLayout {
  private static final long MOST_CHUNK_BYTES = 8 << 20;

  long elementsBytes() {
    return switch (encoding) {
      case FLOATS -> (long) dimension * Float.BYTES;
      case BYTES -> dimension;
      case FIXED -> dimension * (long) (Byte.BYTES + Short.BYTES);
    };
  }

  long scaleOffset() {
    return elementsBytes();
  }

  long squaredLengthOffset() {
    return elementsBytes() + (hasScale() ? Float.BYTES : 0);
  }

  boolean hasScale() {
    return encoding != Encoding.FLOATS;
  }

  boolean hasSquaredLength() {
    return metric == Metric.NEGATED_SQUARED_DISTANCE;
  }

  @Override
  public long strideBytes() {
    return squaredLengthOffset() + (hasSquaredLength() ? Float.BYTES : 0);
  }

  @Override
  public int chunkShift() {
    return chunkShift(strideBytes());
  }

  /**
   * The shift for records of any kind: chunks of more than 4 MB, so that most of one is huge pages,
   * and at most 8.
   */
  public static int chunkShift(long strideBytes) {
    long rows = MOST_CHUNK_BYTES / strideBytes;
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(rows);
  }
}
