package io.mnemogrid.vector.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.vector.Vectors;
import io.mnemogrid.vector.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SIMD kernel against its plain twin. */
class CodeKernelTest {
  private static final long SEED = 12;
  private static final int LINES = 7;

  private final CodeKernel simd = Kernels.chooseForCodes(true);
  private final CodeKernel scalar = Kernels.chooseForCodes(false);
  private final SplittableRandom random = new SplittableRandom(SEED);

  @ParameterizedTest
  @CsvSource({"1,1", "63,1", "64,2", "65,1", "130,2", "384,1", "384,2", "768,2", "1000,1"})
  void estimatesAgree(int dim, int bits) {
    var terms = terms(dim, bits);
    long lineBytes = 8L * Math.ceilDiv(terms.words * 8 + 16, 64) * 8;
    try (var arena = Arena.ofConfined()) {
      long[] lines = new long[LINES];
      for (int i = 0; i < LINES; i++) {
        lines[i] = random(arena, lineBytes, terms.words, 1);
      }
      float[] want = new float[LINES];
      float[] got = new float[LINES];
      for (int count : new int[] {1, 2, LINES}) {
        scalar.estimateLines(terms, lines, count, want);
        simd.estimateLines(terms, lines, count, got);
        assertThat(got).containsExactly(want, within(1e-2f * dim));
      }
      if (bits == 1) {
        long block = random(arena, 8 * lineBytes, terms.words, CodeKernel.BLOCK_ROWS);
        float[] ofBlock = new float[8];
        float[] gotOfBlock = new float[8];
        scalar.estimateBlock(terms, block, Float.NEGATIVE_INFINITY, ofBlock);
        float floor = ofBlock[3] + 0.5f;
        int over = scalar.estimateBlock(terms, block, floor, ofBlock);
        assertThat(simd.estimateBlock(terms, block, floor, gotOfBlock)).isEqualTo(over);
        if (over != 0) {
          assertThat(gotOfBlock).containsExactly(ofBlock, within(1e-2f * dim));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 63, 64, 65, 128, 384, 1000})
  void codesAgree(int dim) {
    float[] centre = Vectors.gaussian(random, dim);
    for (float threshold : new float[] {Float.NaN, 1}) {
      int words = Math.ceilDiv(dim, 64) * (Float.isNaN(threshold) ? 1 : 2);
      float[] vector = Vectors.gaussian(random, dim);
      long[] want = new long[words];
      long[] got = new long[words];
      float[] wantSums = new float[2];
      float[] gotSums = new float[2];
      var rounding = within(1e-4f * dim);
      assertThat(simd.dot(vector, centre)).isCloseTo(scalar.dot(vector, centre), rounding);
      assertThat(simd.squaredDistance(vector, centre, 0.5f))
          .isCloseTo(scalar.squaredDistance(vector, centre, 0.5f), rounding);
      scalar.encode(vector, centre, 0.5f, threshold, want, wantSums);
      simd.encode(vector, centre, 0.5f, threshold, got, gotSums);
      assertThat(got).isEqualTo(want);
      assertThat(gotSums).containsExactly(wantSums, rounding);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 63, 64, 65, 128, 384, 1000})
  void rotationsAgreeAndKeepLengths(int dim) {
    float[] vector = Vectors.gaussian(random, dim);
    float[] signs = new float[dim];
    int[] order = new int[dim];
    for (int i = 0; i < dim; i++) {
      order[i] = dim - 1 - i;
      signs[i] = random.nextBoolean() ? 1 : -1;
    }
    float[] want = new float[dim];
    float[] got = new float[dim];
    scalar.reorder(vector, order, signs, want);
    simd.reorder(vector, order, signs, got);
    assertThat(got).isEqualTo(want);
    assertThat(want[0]).isEqualTo(vector[dim - 1] * signs[0]);
    int count = Integer.highestOneBit(dim);
    for (int leastStep : new int[] {1, 16}) {
      scalar.transform(want, dim - count, count, leastStep);
      simd.transform(got, dim - count, count, leastStep);
      assertThat(got).isEqualTo(want);
      assertThat(scalar.dot(want, want)).isCloseTo(scalar.dot(vector, vector), within(1e-3f * dim));
    }
  }

  private CodeTerms terms(int dim, int bits) {
    float[] query = new float[dim];
    for (int i = 0; i < dim; i++) {
      query[i] = random.nextInt(16);
    }
    var terms = new CodeTerms(dim, bits);
    var same = new CodeTerms(dim, bits);
    int sum = scalar.cut(query, 0, 1, terms);
    assertThat(simd.cut(query, 0, 1, same)).isEqualTo(sum);
    assertThat(same.planes).isEqualTo(terms.planes);
    terms.base = 3;
    terms.countFactor = 0.5f;
    terms.sumFactor = 0.25f;
    terms.offset = -7;
    terms.centreFactor = 2;
    return terms;
  }

  /** Random bits, and corrections that are numbers. */
  private long random(Arena arena, long bytes, int words, int rows) {
    long address = arena.allocate(bytes, 64).address();
    for (int i = 0; i < words * rows; i++) {
      NativeMemory.putLong(address + 8L * i, random.nextLong());
    }
    for (int i = 0; i < CodeKernel.CORRECTIONS * rows; i++) {
      NativeMemory.putFloat(address + 8L * words * rows + 4L * i, random.nextInt(-4, 5));
    }
    return address;
  }
}
