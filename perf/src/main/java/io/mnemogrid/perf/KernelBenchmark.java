package io.mnemogrid.perf;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.CodeTerms;
import io.mnemogrid.vector.kernel.Kernel;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.kernel.ScalarCodeKernel;
import io.mnemogrid.vector.kernel.ScalarKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Nanoseconds of one inner product, or of its estimate from a code, by the SIMD kernel and its
 * scalar twin, over rows that stay in the processor's cache: the arithmetic, not the fetching.
 */
public class KernelBenchmark extends NanosBenchmark {
  private static final int ROWS = 64;
  private static final int ROWS_AT_ONCE = 4;
  private static final int LINE_BYTES = 64;
  private static final int SEED = 42;

  @Param({"simd", "scalar"})
  public String kernel = "";

  @Param({"384"})
  public int dimension;

  private Kernel measured = ScalarKernel.INSTANCE;
  private CodeKernel measuredOnCodes = ScalarCodeKernel.INSTANCE;
  private CodeTerms twoBits = new CodeTerms(1, 2, false);
  private float[] query = {};
  private final long[] floatRows = new long[ROWS];
  private final long[] byteRows = new long[ROWS];
  private final long[] int24Rows = new long[ROWS];
  private final long[] codes = new long[ROWS];
  private final float[] out = new float[ROWS];

  /** Fills rows that live as long as the JVM. */
  @Setup
  public void fill() {
    measured = kernel.equals("simd") ? Kernels.best() : ScalarKernel.INSTANCE;
    if (kernel.equals("simd") && measured instanceof ScalarKernel) {
      throw new IllegalStateException("no Vector API: start java with @config/jvm.args");
    }
    measuredOnCodes = kernel.equals("simd") ? Kernels.bestForCodes() : ScalarCodeKernel.INSTANCE;
    twoBits = new CodeTerms(dimension, 2, false); // its planes are zero, which takes as long
    var random = new SplittableRandom(SEED);
    query = RandomVectors.draw(random, dimension);
    for (int row = 0; row < ROWS; row++) {
      MemorySegment floats = Arena.global().allocate(ValueLayout.JAVA_FLOAT, dimension);
      MemorySegment bytes = Arena.global().allocate(dimension);
      MemorySegment int24 = Arena.global().allocate(3L * dimension);
      for (int i = 0; i < dimension; i++) {
        floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble(-1, 1));
        bytes.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
      }
      for (int i = 0; i < int24.byteSize(); i++) {
        int24.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
      }
      MemorySegment code =
          Arena.global().allocate(Math.ceilDiv(dimension, 4) + LINE_BYTES, LINE_BYTES);
      codes[row] = code.address();
      floatRows[row] = floats.address();
      byteRows[row] = bytes.address();
      int24Rows[row] = int24.address();
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] floatsOneByOne() {
    for (int row = 0; row < ROWS; row++) {
      out[row] = measured.dotFloats(query, floatRows[row]);
    }
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] floatsByFour() {
    for (int row = 0; row < ROWS; row += ROWS_AT_ONCE) {
      measured.dotFloats4(query, floatRows, row, out);
    }
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] bytesOneByOne() {
    for (int row = 0; row < ROWS; row++) {
      out[row] = measured.dotBytes(query, byteRows[row]);
    }
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] bytesByFour() {
    for (int row = 0; row < ROWS; row += ROWS_AT_ONCE) {
      measured.dotBytes4(query, byteRows, row, out);
    }
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] int24OneByOne() {
    for (int row = 0; row < ROWS; row++) {
      out[row] = measured.dotFixed(query, int24Rows[row]);
    }
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] int24ByFour() {
    for (int row = 0; row < ROWS; row += ROWS_AT_ONCE) {
      measured.dotFixed4(query, int24Rows, row, out);
    }
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] codesOfTwoBits() {
    measuredOnCodes.estimateLines(twoBits, codes, ROWS, out);
    return out;
  }
}
