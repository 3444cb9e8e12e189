package io.mnemogrid.vector.rows;

import io.mnemogrid.vector.kernel.Kernel;
import io.mnemogrid.vector.memory.NativeMemory;

/** Writes vectors into rows and reads them back. */
public final class RowCodec {
  private static final int LARGEST_CODE = 127;
  private static final int LARGEST_FIXED = (1 << 23) - 1;

  /** What a double's last bits are whole numbers beside: adding it rounds, halves to the even. */
  private static final double ROUNDER = 0x1.8p52;

  private RowCodec() {}

  /** Writes {@code vector} times {@code factor}. */
  static void encode(RowLayout layout, Kernel kernel, float[] vector, float factor, long row) {
    switch (layout.encoding()) {
      case FLOATS -> kernel.scaleFloats(vector, factor, row);
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

  private static float largest(float[] vector) {
    // Bits of positive floats are in the order of the floats, and integers are compared at once.
    int largest = 0;
    for (float x : vector) {
      largest = Math.max(largest, Float.floatToRawIntBits(x) & Integer.MAX_VALUE);
    }
    return Float.intBitsToFloat(largest);
  }

  /** Returns what the codes are to be multiplied with. */
  private static float encodeBytes(Kernel kernel, float[] vector, long row) {
    float largest = largest(vector);
    if (largest == 0) {
      NativeMemory.fill(row, vector.length, (byte) 0);
    } else {
      kernel.narrowBytes(vector, largest, row);
    }
    return largest / LARGEST_CODE;
  }

  /** Every element is off by half a scale at most: the scale is chosen first, as it is kept. */
  private static float encodeFixed(float[] vector, float factor, long row) {
    float scale = fixedScale((double) largest(vector) * factor);
    double stepsOfOne = (double) factor / scale;
    long low = row + vector.length;
    for (int i = 0; i < vector.length; i++) {
      int code = (int) Double.doubleToRawLongBits(vector[i] * stepsOfOne + ROUNDER);
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
