package io.mnemogrid.vector.rows;

import io.mnemogrid.vector.kernel.Kernel;
import io.mnemogrid.vector.memory.NativeMemory;

/** Writes vectors into rows and reads them back. */
public final class RowCodec {
  private static final int LARGEST_CODE = 127;
  private static final int LARGEST_FIXED = (1 << 23) - 1;

  private RowCodec() {}

  /** Writes {@code vector} times {@code factor}. */
  static void encode(RowLayout layout, Kernel kernel, float[] vector, float factor, long row) {
    switch (layout.encoding()) {
      case FLOATS -> encodeFloats(vector, factor, row);
      case BYTES ->
          NativeMemory.putFloat(
              row + layout.scaleOffset(), factor * encodeBytes(kernel, vector, row));
      case FIXED ->
          NativeMemory.putFloat(row + layout.scaleOffset(), encodeFixed(vector, factor, row));
    }
    if (layout.hasSquaredLength()) {
      float squared = factor * factor * squaredLength(vector);
      NativeMemory.putFloat(row + layout.squaredLengthOffset(), squared);
    }
  }

  static void decode(RowLayout layout, Kernel kernel, long row, float[] into) {
    switch (layout.encoding()) {
      case FLOATS -> NativeMemory.copyOut(row, into);
      case BYTES -> kernel.widenBytes(row, NativeMemory.getFloat(row + layout.scaleOffset()), into);
      case FIXED -> kernel.widenFixed(row, NativeMemory.getFloat(row + layout.scaleOffset()), into);
    }
  }

  public static float squaredLength(float[] vector) {
    float sum = 0;
    for (float x : vector) {
      sum += x * x;
    }
    return sum;
  }

  private static void encodeFloats(float[] vector, float factor, long row) {
    for (int i = 0; i < vector.length; i++) {
      NativeMemory.putFloat(row + (long) i * Float.BYTES, vector[i] * factor);
    }
  }

  /** Returns what the codes are to be multiplied with. */
  private static float encodeBytes(Kernel kernel, float[] vector, long row) {
    float largest = 0;
    for (float x : vector) {
      largest = Math.max(largest, Math.abs(x));
    }
    if (largest == 0) {
      NativeMemory.fill(row, vector.length, (byte) 0);
    } else {
      kernel.narrowBytes(vector, largest, row);
    }
    return largest / LARGEST_CODE;
  }

  /** Every element is off by half a scale at most: the scale is chosen first, as it is kept. */
  private static float encodeFixed(float[] vector, float factor, long row) {
    double largest = 0;
    for (float x : vector) {
      largest = Math.max(largest, Math.abs((double) x * factor));
    }
    float scale = fixedScale(largest);
    long low = row + vector.length;
    for (int i = 0; i < vector.length; i++) {
      int code = (int) Math.rint((double) vector[i] * factor / scale);
      NativeMemory.putByte(row + i, (byte) (code >> Short.SIZE));
      NativeMemory.putShort(low + (long) i * Short.BYTES, (short) code);
    }
    return scale;
  }

  /**
   * The smallest with which {@code largest} has a code, never 0: tiny vectors keep their digits.
   */
  private static float fixedScale(double largest) {
    float scale = Math.max((float) (largest / LARGEST_FIXED), Float.MIN_VALUE);
    return (double) scale * LARGEST_FIXED < largest ? Math.nextUp(scale) : scale;
  }
}
