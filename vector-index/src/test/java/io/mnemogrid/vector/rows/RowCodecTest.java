package io.mnemogrid.vector.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.Vectors;
import io.mnemogrid.vector.kernel.Kernel;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.kernel.ScalarKernel;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of 24-bit integers: how far what comes back is from what went in. */
class RowCodecTest {
  private static final long SEED = 13;
  private static final double ONE_PART = 0x1p-24;

  static Stream<float[]> extremes() {
    float[] oneLarge = new float[384];
    Arrays.fill(oneLarge, 1e-19f);
    oneLarge[200] = -1e19f;
    return Stream.of(
        new float[] {Float.MIN_VALUE},
        new float[] {Float.MIN_VALUE, -3 * Float.MIN_VALUE, 0, -0f},
        new float[] {1e-40f, -3e-42f, 2e-39f},
        new float[] {Float.MIN_NORMAL, -Float.MIN_NORMAL, 1e-39f},
        new float[] {1e-32f, 3.3e-33f, -7e-38f},
        new float[] {1.8e19f, -1.7e19f, 1e-30f, 3e12f},
        new float[] {0, 0, 0, 0, 0},
        new float[] {-0f, 0},
        oneLarge);
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void extremeVectorsComeBack(float[] vector) {
    assertComesBack("extremes", vector, 1);
    assertComesBack("halved", vector, 0.5f);
    assertComesBack("raised", vector, 3f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 383, 384, 385, 1536})
  void everyDimensionComesBack(int dim) {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 100; i++) {
      float factor = (float) Math.scalb(random.nextDouble(1, 2), random.nextInt(-90, 60));
      assertComesBack(
          "seed %d vector %d".formatted(SEED, i), Vectors.gaussian(random, dim), factor);
    }
  }

  @Test
  void vectorsThatFitAreKeptExactly() {
    float[] vector = {-8_388_607, 8_388_607, 1, -1, 65_535, 65_536, -65_536, 0};
    assertThat(roundTrip(vector, 1, ScalarKernel.INSTANCE)).containsExactly(vector);
    float[] tiny = {5 * Float.MIN_VALUE, -70_000 * Float.MIN_VALUE};
    assertThat(roundTrip(tiny, 1, ScalarKernel.INSTANCE)).containsExactly(tiny);
  }

  /** Half a step of the scale, and the rounding of the float that comes back. */
  private static void assertComesBack(String what, float[] vector, float factor) {
    double largest = 0;
    for (float x : vector) {
      largest = Math.max(largest, Math.abs((double) x * factor));
    }
    double step = largest * ONE_PART * (1 + 1e-6);
    for (Kernel kernel : List.of(Kernels.best(), ScalarKernel.INSTANCE)) {
      float[] back = roundTrip(vector, factor, kernel);
      for (int i = 0; i < vector.length; i++) {
        double want = (double) vector[i] * factor;
        double most = step + Math.abs(want) * ONE_PART * (1 + 1e-6) + Float.MIN_VALUE;
        assertThat(Math.abs(back[i] - want)).as("%s element %d", what, i).isLessThanOrEqualTo(most);
      }
    }
  }

  private static float[] roundTrip(float[] vector, float factor, Kernel kernel) {
    var layout = new RowLayout(vector.length, Encoding.FIXED, Metric.NEGATED_SQUARED_DISTANCE);
    try (var arena = Arena.ofConfined()) {
      long row = arena.allocate(layout.strideBytes() + 1, 1).address() + 1; // rows follow unaligned
      float[] back = new float[vector.length];
      RowCodec.encode(layout, kernel, vector, factor, row);
      RowCodec.decode(layout, kernel, row, back);
      return back;
    }
  }
}
