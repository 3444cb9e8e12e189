package io.mnemogrid.vector.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.mnemogrid.vector.Vectors;
import io.mnemogrid.vector.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.util.Arrays;
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
  @CsvSource({
    "1,1,false,false",
    "63,1,false,true",
    "64,2,true,false",
    "65,1,true,true",
    "130,2,false,false",
    "384,1,false,true",
    "384,1,true,true",
    "384,2,false,false",
    "768,2,true,false",
    "1000,1,false,true"
  })
  void estimatesAgree(int dim, int bits, boolean ofDistance, boolean hasAxes) {
    var terms = terms(dim, bits, ofDistance);
    long lineBytes = 8L * Math.ceilDiv(terms.words * 8 + 16, 64) * 8;
    try (var arena = Arena.ofConfined()) {
      long[] lines = new long[LINES];
      for (int i = 0; i < LINES; i++) {
        lines[i] = random(arena, lineBytes, terms, 1);
      }
      float[] want = new float[LINES];
      float[] got = new float[LINES];
      for (int count : new int[] {1, 2, LINES}) {
        scalar.estimateLines(terms, lines, count, want);
        simd.estimateLines(terms, lines, count, got);
        assertThat(got).containsExactly(want, within(1e-2f * dim));
      }
      if (bits == 1) {
        terms.hasAxes = hasAxes;
        long block = random(arena, 8 * lineBytes, terms, CodeKernel.BLOCK_ROWS);
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
      float[] ofCode = new float[dim];
      float[] gotOfCode = new float[dim];
      var rounding = within(1e-4f * dim);
      assertThat(simd.dot(vector, centre)).isCloseTo(scalar.dot(vector, centre), rounding);
      assertThat(simd.squaredDistance(vector, centre, 0.5f))
          .isCloseTo(scalar.squaredDistance(vector, centre, 0.5f), rounding);
      float[] added = vector.clone();
      float[] gotAdded = vector.clone();
      scalar.add(added, centre, 0.5f);
      simd.add(gotAdded, centre, 0.5f);
      assertThat(gotAdded).containsExactly(added, within(1e-6f));
      float product = scalar.encode(vector, centre, 0.5f, threshold, want, ofCode);
      assertThat(simd.encode(vector, centre, 0.5f, threshold, got, gotOfCode))
          .isCloseTo(product, rounding);
      fourRowsAgree(dim);
      assertThat(got).isEqualTo(want);
      assertThat(gotOfCode).isEqualTo(ofCode);
    }
  }

  private void fourRowsAgree(int dim) {
    float[][] rows = new float[8][];
    for (int j = 0; j < rows.length; j++) {
      rows[j] = Vectors.gaussian(random, dim);
    }
    float[] vector = Vectors.gaussian(random, dim);
    float[] want = new float[rows.length];
    float[] got = new float[rows.length];
    var rounding = within(1e-4f * dim);
    scalar.dots(rows, vector, want);
    simd.dots(rows, vector, got);
    assertThat(got).containsExactly(want, rounding);
    assertThat(want[5]).isEqualTo(scalar.dot(vector, rows[5]));
    float[] added = vector.clone();
    scalar.addAll(vector, rows, want);
    simd.addAll(added, rows, want);
    assertThat(added).containsExactly(vector, rounding);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 63, 64, 65, 128, 384, 1000})
  void rotationsAgreeAndLengthsGrowAsSaid(int dim) {
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
    for (int leastStep : new int[] {1, 8, 16}) {
      float[] before = Arrays.copyOfRange(want, dim - count, dim);
      scalar.transform(want, dim - count, count, leastStep);
      simd.transform(got, dim - count, count, leastStep);
      assertThat(got).isEqualTo(want);
      float[] after = Arrays.copyOfRange(want, dim - count, dim);
      float growth = count > leastStep ? (float) count / leastStep : 1;
      assertThat(scalar.dot(after, after))
          .isCloseTo(growth * scalar.dot(before, before), withinPercentage(0.1));
    }
  }

  private CodeTerms terms(int dim, int bits, boolean ofDistance) {
    float[] query = new float[dim];
    float[] centre = new float[dim];
    for (int i = 0; i < dim; i++) {
      centre[i] = random.nextInt(-3, 3);
      query[i] = random.nextInt(-12, 12) + 2 * centre[i]; // more than there are steps, too
    }
    var terms = new CodeTerms(dim, bits, ofDistance);
    var same = new CodeTerms(dim, bits, ofDistance);
    int sum = scalar.cut(query, centre, 2, 1, terms);
    assertThat(simd.cut(query, centre, 2, 1, same)).isEqualTo(sum);
    assertThat(same.planes).isEqualTo(terms.planes);
    terms.base = 3;
    terms.sumFactor = 0.25f;
    terms.offset = -7;
    terms.centreFactor = 2;
    for (int j = 0; j < CodeTerms.AXES; j++) {
      terms.axisFactors[j] = (j - 3) / 8f;
    }
    return terms;
  }

  private float number() {
    return random.nextInt(-4, 5);
  }

  /** Random bits, and corrections that are numbers. */
  private long random(Arena arena, long bytes, CodeTerms terms, int rows) {
    long address = arena.allocate(bytes, 64).address();
    for (int i = 0; i < terms.words * rows; i++) {
      NativeMemory.putLong(address + 8L * i, random.nextLong());
    }
    int corrections = CodeTerms.corrections(terms.ofDistance, terms.hasAxes);
    for (int i = 0; i < corrections * rows; i++) {
      long correction = address + 8L * terms.words * rows + 4L * i;
      if (terms.ofDistance && i / rows == 1) {
        NativeMemory.putFloat(correction, random.nextInt(-4, 5));
      } else if (i / rows == 0) {
        NativeMemory.putInt(correction, CodeTerms.pack(number(), number()));
      } else {
        NativeMemory.putInt(correction, random.nextInt());
      }
    }
    return address;
  }
}
