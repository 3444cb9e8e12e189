package io.mnemogrid.vector.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mnemogrid.vector.memory.NativeMemory;

/** The plain twin of the SIMD kernel, for a JVM that was started without the Vector API. */
public final class ScalarKernel implements Kernel {
  public static final Kernel INSTANCE = new ScalarKernel();

  static final float LARGEST_BYTE = 127;

  /** Added to a small float, leaves it rounded to an integer in the low bits. */
  static final float ROUNDER = 0x1.8p23f;

  private ScalarKernel() {}

  @Override
  public float dotFloats(float[] query, long row) {
    return dotFloatsFrom(0, query, row);
  }

  static float dotFloatsFrom(int from, float[] query, long row) {
    float sum = 0;
    for (int i = from; i < query.length; i++) {
      float x = NativeMemory.SPACE.get(JAVA_FLOAT_UNALIGNED, row + (long) i * Float.BYTES);
      sum += query[i] * x;
    }
    return sum;
  }

  @Override
  public float squareFloats(long row, int count) {
    return squareFloatsFrom(0, row, count);
  }

  static float squareFloatsFrom(int from, long row, int count) {
    float sum = 0;
    for (int i = from; i < count; i++) {
      float x = NativeMemory.SPACE.get(JAVA_FLOAT_UNALIGNED, row + (long) i * Float.BYTES);
      sum += x * x;
    }
    return sum;
  }

  @Override
  public float dotBytes(float[] query, long row) {
    return dotBytesFrom(0, query, row);
  }

  static float dotBytesFrom(int from, float[] query, long row) {
    float sum = 0;
    for (int i = from; i < query.length; i++) {
      sum += query[i] * NativeMemory.SPACE.get(JAVA_BYTE, row + i);
    }
    return sum;
  }

  @Override
  public float dotFixed(float[] query, long row) {
    return dotFixedFrom(0, query, row);
  }

  static float dotFixedFrom(int from, float[] query, long row) {
    float sum = 0;
    for (int i = from; i < query.length; i++) {
      sum += query[i] * fixed(row, i, query.length);
    }
    return sum;
  }

  @Override
  public void dotFloats4(float[] query, long[] rows, int at, float[] out) {
    for (int i = at; i < at + 4; i++) {
      out[i] = dotFloats(query, rows[i]);
    }
  }

  @Override
  public void dotBytes4(float[] query, long[] rows, int at, float[] out) {
    for (int i = at; i < at + 4; i++) {
      out[i] = dotBytes(query, rows[i]);
    }
  }

  @Override
  public void dotFixed4(float[] query, long[] rows, int at, float[] out) {
    for (int i = at; i < at + 4; i++) {
      out[i] = dotFixed(query, rows[i]);
    }
  }

  @Override
  public void narrowBytes(float[] vector, float largest, long row) {
    narrowBytesFrom(0, vector, largest, row);
  }

  static void narrowBytesFrom(int from, float[] vector, float largest, long row) {
    for (int i = from; i < vector.length; i++) {
      // Divided by the largest first: a step that is subnormal would overflow the quotient.
      float rounded = vector[i] / largest * LARGEST_BYTE + ROUNDER;
      NativeMemory.putByte(row + i, (byte) Float.floatToRawIntBits(rounded));
    }
  }

  @Override
  public void widenBytes(long row, float scale, float[] into) {
    widenBytesFrom(0, row, scale, into);
  }

  static void widenBytesFrom(int from, long row, float scale, float[] into) {
    for (int i = from; i < into.length; i++) {
      into[i] = scale * NativeMemory.SPACE.get(JAVA_BYTE, row + i);
    }
  }

  @Override
  public void widenFixed(long row, float scale, float[] into) {
    widenFixedFrom(0, row, scale, into);
  }

  static void widenFixedFrom(int from, long row, float scale, float[] into) {
    for (int i = from; i < into.length; i++) {
      into[i] = scale * fixed(row, i, into.length);
    }
  }

  /** Element {@code i} of {@code count}; a float holds every integer of 24 bits and a sign. */
  private static float fixed(long row, int i, int count) {
    int high = NativeMemory.SPACE.get(JAVA_BYTE, row + i);
    long low = row + count + (long) i * Short.BYTES;
    return high << 16 | Short.toUnsignedInt(NativeMemory.SPACE.get(JAVA_SHORT_UNALIGNED, low));
  }
}
