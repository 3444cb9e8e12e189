package io.mnemogrid.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is compared must compute the same, or the comparison says nothing. */
class KernelBenchmarkTest {
  private static final int DIMENSION = 384;

  @Test
  void bothKernelsAndBothWaysComputeTheSame() {
    KernelBenchmark simd = benchmark("simd");
    KernelBenchmark scalar = benchmark("scalar");
    assertSame(simd, scalar, KernelBenchmark::floatsOneByOne, KernelBenchmark::floatsByFour, 1);
    assertSame(simd, scalar, KernelBenchmark::bytesOneByOne, KernelBenchmark::bytesByFour, 128);
    assertSame(simd, scalar, KernelBenchmark::int24OneByOne, KernelBenchmark::int24ByFour, 1 << 23);
  }

  private static void assertSame(
      KernelBenchmark simd,
      KernelBenchmark scalar,
      Function<KernelBenchmark, float[]> oneByOne,
      Function<KernelBenchmark, float[]> byFour,
      float most) {
    float[] want = oneByOne.apply(scalar).clone();
    var rounding = within(1e-5f * DIMENSION * most);
    for (float[] got :
        List.of(oneByOne.apply(simd).clone(), byFour.apply(simd), byFour.apply(scalar))) {
      assertThat(got).containsExactly(want, rounding);
    }
  }

  private static KernelBenchmark benchmark(String kernel) {
    var benchmark = new KernelBenchmark();
    benchmark.kernel = kernel;
    benchmark.dimension = DIMENSION;
    benchmark.fill();
    return benchmark;
  }
}
