package io.mnemogrid.vector.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.vector.Vectors;
import io.mnemogrid.vector.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {
  private static final long SEED = 11;
  private static final int LARGEST_FIXED = (1 << 23) - 1;

  /** Around every change of sign and of the high part. */
  private static final int[] EDGES = {
    0, 1, -1, 65_535, 65_536, -65_535, -65_536, -65_537, 32_768, LARGEST_FIXED, -LARGEST_FIXED
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 383, 384, 385, 1536})
  void simdAgreesWithScalarOnEveryShape(int dim) {
    Kernel simd = Kernels.choose(true);
    Kernel scalar = ScalarKernel.INSTANCE;
    var random = new SplittableRandom(SEED);
    float[] query = Vectors.gaussian(random, dim);
    try (var arena = Arena.ofConfined()) {
      long[] floats = new long[5];
      long[] bytes = new long[5];
      for (int i = 0; i < 5; i++) {
        floats[i] = arena.allocate(4L * dim + 1, 4).address() + (i & 1); // also off alignment
        bytes[i] = arena.allocate(dim, 1).address();
        fill(random, dim, floats[i], bytes[i]);
      }
      float[] out = new float[5];
      simd.dotFloats4(query, floats, 1, out);
      for (int i = 1; i < 5; i++) {
        float want = scalar.dotFloats(query, floats[i]);
        assertThat(simd.dotFloats(query, floats[i])).isCloseTo(want, within(1e-4f * dim));
        assertThat(out[i]).isCloseTo(want, within(1e-4f * dim));
        assertThat(simd.squareFloats(floats[i], dim))
            .isCloseTo(scalar.squareFloats(floats[i], dim), within(1e-4f * dim));
      }
      simd.dotBytes4(query, bytes, 1, out);
      for (int i = 1; i < 5; i++) {
        float want = scalar.dotBytes(query, bytes[i]);
        assertThat(simd.dotBytes(query, bytes[i])).isCloseTo(want, within(1e-2f * dim));
        assertThat(out[i]).isCloseTo(want, within(1e-2f * dim));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 383, 384, 385, 1536})
  void simdAgreesWithScalarOnIntegersOf24Bits(int dim) {
    Kernel simd = Kernels.choose(true);
    Kernel scalar = ScalarKernel.INSTANCE;
    var random = new SplittableRandom(SEED);
    float[] query = Vectors.gaussian(random, dim);
    var rounding = within(1e-6f * dim * LARGEST_FIXED);
    try (var arena = Arena.ofConfined()) {
      long[] rows = new long[5];
      for (int i = 0; i < 5; i++) {
        rows[i] = arena.allocate(3L * dim + 1, 1).address() + (i & 1);
        float[] values = fillFixed(random, dim, rows[i]);
        for (Kernel kernel : List.of(simd, scalar)) {
          float[] widened = new float[dim];
          kernel.widenFixed(rows[i], 0.5f, widened);
          for (int d = 0; d < dim; d++) {
            assertThat(widened[d]).isEqualTo(0.5f * values[d]);
          }
        }
      }
      float[] out = new float[5];
      float[] scalarOut = new float[5];
      simd.dotFixed4(query, rows, 1, out);
      scalar.dotFixed4(query, rows, 1, scalarOut);
      for (int i = 1; i < 5; i++) {
        float want = scalar.dotFixed(query, rows[i]);
        assertThat(simd.dotFixed(query, rows[i])).isCloseTo(want, rounding);
        assertThat(out[i]).isCloseTo(want, rounding);
        assertThat(scalarOut[i]).isEqualTo(want);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 383, 384, 385, 1536})
  void bytesAreTheNearestStepsOnBothKernels(int dim) {
    var random = new SplittableRandom(SEED);
    try (var arena = Arena.ofConfined()) {
      long row = arena.allocate(dim + 1L, 1).address() + 1;
      for (float size : new float[] {1, 3e-39f, 1e19f}) {
        float[] vector = new float[dim];
        for (int i = 0; i < dim; i++) {
          vector[i] = size * (float) random.nextDouble(-1, 1);
        }
        vector[dim / 2] = -size;
        for (Kernel kernel : List.of(Kernels.choose(true), ScalarKernel.INSTANCE)) {
          kernel.narrowBytes(vector, size, row);
          for (int i = 0; i < dim; i++) {
            double steps = (double) vector[i] / size * 127;
            assertThat((double) NativeMemory.getByte(row + i)).isCloseTo(steps, within(0.5001));
          }
          assertThat(NativeMemory.getByte(row + dim / 2)).isEqualTo((byte) -127);
        }
      }
    }
  }

  @Test
  void withoutTheVectorModuleTheScalarTwinIsChosen() {
    assertThat(Kernels.choose(false)).isSameAs(ScalarKernel.INSTANCE);
    assertThat(Kernels.best()).isInstanceOf(SimdKernel.class);
  }

  @SuppressWarnings("restricted")
  private static void fill(SplittableRandom random, int dim, long floats, long bytes) {
    MemorySegment space = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    for (int i = 0; i < dim; i++) {
      space.set(ValueLayout.JAVA_FLOAT_UNALIGNED, floats + 4L * i, (float) random.nextGaussian());
      space.set(ValueLayout.JAVA_BYTE, bytes + i, (byte) random.nextInt(-127, 128));
    }
  }

  /** Writes 24-bit integers, the edges among them, and returns them. */
  private static float[] fillFixed(SplittableRandom random, int dim, long row) {
    float[] values = new float[dim];
    for (int i = 0; i < dim; i++) {
      int value =
          random.nextBoolean()
              ? EDGES[random.nextInt(EDGES.length)]
              : random.nextInt(-LARGEST_FIXED, LARGEST_FIXED + 1);
      values[i] = value;
      NativeMemory.putByte(row + i, (byte) (value >> 16));
      NativeMemory.putShort(row + dim + 2L * i, (short) value);
    }
    return values;
  }
}
