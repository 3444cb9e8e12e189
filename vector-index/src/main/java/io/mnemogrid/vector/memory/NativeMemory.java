package io.mnemogrid.vector.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The whole address space as one segment, and the few plain accesses made through it. */
public final class NativeMemory {
  /** Offsets into this segment are absolute addresses, so nothing is bounds checked here. */
  public static final MemorySegment SPACE = addressSpace();

  private NativeMemory() {}

  public static float getFloat(long address) {
    return SPACE.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }

  public static void putFloat(long address, float value) {
    SPACE.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
  }

  public static int getInt(long address) {
    return SPACE.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  public static void putInt(long address, int value) {
    SPACE.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
  }

  public static long getLong(long address) {
    return SPACE.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  public static void putLong(long address, long value) {
    SPACE.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  public static byte getByte(long address) {
    return SPACE.get(ValueLayout.JAVA_BYTE, address);
  }

  public static void putByte(long address, byte value) {
    SPACE.set(ValueLayout.JAVA_BYTE, address, value);
  }

  public static void putShort(long address, short value) {
    SPACE.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, value);
  }

  public static void fill(long address, long bytes, byte value) {
    SPACE.asSlice(address, bytes).fill(value);
  }

  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(SPACE, from, SPACE, to, bytes);
  }

  public static void copyOut(long from, float[] to) {
    MemorySegment.copy(SPACE, ValueLayout.JAVA_FLOAT_UNALIGNED, from, to, 0, to.length);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment addressSpace() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }
}
