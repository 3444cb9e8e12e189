package io.mnemogrid.vector.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import io.mnemogrid.vector.memory.NativeMemory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Counts bits in whole registers. Only {@link Kernels} may name this class. */
final class SimdCodeKernel implements CodeKernel {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final VectorSpecies<Float> ROWS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));
  private static final VectorSpecies<Integer> ROW_INTS =
      VectorSpecies.of(int.class, ROWS.vectorShape());
  private static final int FOUR = 4;
  private static final int HIGHEST = CodeTerms.PLANES - 1;
  private static final long CORRECTION_BYTES = (long) BLOCK_ROWS * Integer.BYTES;
  private static final int LANES = LONGS.length();
  private static final long LINE_BYTES = (long) LANES * Long.BYTES;
  private static final MemorySegment SPACE = NativeMemory.SPACE;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  @Override
  public void estimateLines(CodeTerms query, long[] lines, int count, float[] into) {
    long corrections = (long) query.words * Long.BYTES;
    if (query.paddedWords == 2 * LANES) {
      estimateLinesOfTwo(query, lines, count, corrections, into);
    } else {
      for (int i = 0; i < count; i++) {
        int first = NativeMemory.getInt(lines[i] + corrections);
        into[i] = query.estimate((float) sum(query, lines[i]), first);
      }
    }
    for (int i = 0; i < count && query.hasMoreCorrections(); i++) {
      into[i] += query.ofMoreCorrections(lines[i] + corrections, Float.BYTES);
    }
  }

  /**
   * Of codes that fill two registers, as those of sentence embeddings do: the query stays in eight
   * others, where {@link #sum} reads it anew for each code. The second register has none of the
   * code's higher digits, as these are half of it at most, so nothing there is doubled. Without
   * vectors as arguments, see {@link #sumOthers}.
   */
  private static void estimateLinesOfTwo(
      CodeTerms query, long[] lines, int count, long corrections, float[] into) {
    long[] planes = query.planes;
    int padded = query.paddedWords;
    LongVector ones = LongVector.fromArray(LONGS, planes, 0);
    LongVector twos = LongVector.fromArray(LONGS, planes, padded);
    LongVector fours = LongVector.fromArray(LONGS, planes, 2 * padded);
    LongVector eights = LongVector.fromArray(LONGS, planes, 3 * padded);
    LongVector moreOnes = LongVector.fromArray(LONGS, planes, LANES);
    LongVector moreTwos = LongVector.fromArray(LONGS, planes, LANES + padded);
    LongVector moreFours = LongVector.fromArray(LONGS, planes, LANES + 2 * padded);
    LongVector moreEights = LongVector.fromArray(LONGS, planes, LANES + 3 * padded);
    LongVector doublings = LongVector.fromArray(LONGS, query.doublings, 0);
    for (int i = 0; i < count; i++) {
      LongVector bits = LongVector.fromMemorySegment(LONGS, SPACE, lines[i], ORDER);
      LongVector more = LongVector.fromMemorySegment(LONGS, SPACE, lines[i] + LINE_BYTES, ORDER);
      LongVector sum =
          bits.and(fours)
              .lanewise(BIT_COUNT)
              .sub(bits.and(eights).lanewise(BIT_COUNT).lanewise(LSHL, 1))
              .lanewise(LSHL, 1)
              .add(bits.and(twos).lanewise(BIT_COUNT))
              .lanewise(LSHL, 1)
              .add(bits.and(ones).lanewise(BIT_COUNT));
      LongVector moreSum =
          more.and(moreFours)
              .lanewise(BIT_COUNT)
              .sub(more.and(moreEights).lanewise(BIT_COUNT).lanewise(LSHL, 1))
              .lanewise(LSHL, 1)
              .add(more.and(moreTwos).lanewise(BIT_COUNT))
              .lanewise(LSHL, 1)
              .add(more.and(moreOnes).lanewise(BIT_COUNT));
      long weighed = sum.lanewise(LSHL, doublings).add(moreSum).reduceLanes(VectorOperators.ADD);
      into[i] = query.estimate((float) weighed, NativeMemory.getInt(lines[i] + corrections));
    }
  }

  private static long sum(CodeTerms query, long line) {
    long[] planes = query.planes;
    int padded = query.paddedWords;
    LongVector sum = LongVector.zero(LONGS);
    for (int w = 0; w < query.words; w += LANES) {
      LongVector bits = bits(line, w);
      LongVector highest = LongVector.fromArray(LONGS, planes, w + HIGHEST * padded);
      LongVector part = bits.and(highest).lanewise(BIT_COUNT).neg();
      for (int j = HIGHEST - 1; j >= 0; j--) {
        LongVector plane = LongVector.fromArray(LONGS, planes, w + j * padded);
        part = part.add(part).add(bits.and(plane).lanewise(BIT_COUNT));
      }
      LongVector doublings = LongVector.fromArray(LONGS, query.doublings, w);
      sum = sum.add(part.lanewise(LSHL, doublings));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public int estimateBlock(CodeTerms query, long block, float floor, float[] into) {
    int over = 0;
    for (int row = 0; row < BLOCK_ROWS; row += LANES) {
      over |= estimateRows(query, block, row, floor, into) << row;
    }
    return over;
  }

  private static int estimateRows(CodeTerms query, long block, int row, float floor, float[] into) {
    long[] planes = query.planes;
    int padded = query.paddedWords;
    long rowBits = block + (long) row * Long.BYTES;
    LongVector ones = LongVector.zero(LONGS);
    LongVector twos = LongVector.zero(LONGS);
    LongVector fours = LongVector.zero(LONGS);
    LongVector eights = LongVector.zero(LONGS);
    for (int w = 0; w < query.words; w++) {
      LongVector bits = bits(rowBits, w * BLOCK_ROWS);
      ones = ones.add(bits.and(planes[w]).lanewise(BIT_COUNT));
      twos = twos.add(bits.and(planes[w + padded]).lanewise(BIT_COUNT));
      fours = fours.add(bits.and(planes[w + 2 * padded]).lanewise(BIT_COUNT));
      eights = eights.add(bits.and(planes[w + 3 * padded]).lanewise(BIT_COUNT));
    }
    LongVector upper = fours.sub(eights.add(eights));
    LongVector middle = twos.add(upper.add(upper));
    LongVector sum = ones.add(middle.add(middle));
    long corrections =
        block + (long) query.words * BLOCK_ROWS * Long.BYTES + (long) row * Float.BYTES;
    sumOthers(query, corrections + CORRECTION_BYTES, row, into);
    IntVector packed = IntVector.fromMemorySegment(ROW_INTS, SPACE, corrections, ORDER);
    FloatVector f = packed.lanewise(LSHR, 1).and(CodeTerms.F_MASK).reinterpretAsFloats();
    FloatVector g = packed.lanewise(LSHL, CodeTerms.F_BITS).reinterpretAsFloats();
    FloatVector estimate =
        ((FloatVector) sum.convertShape(VectorOperators.L2F, ROWS, 0))
            .mul(query.sumFactor)
            .add(query.offset)
            .mul(f)
            .add(g.mul(query.centreFactor))
            .add(query.base)
            .add(FloatVector.fromArray(ROWS, into, row));
    VectorMask<Float> over = estimate.compare(VectorOperators.GT, floor);
    if (over.anyTrue()) {
      estimate.intoArray(into, row);
    }
    return (int) over.toLong();
  }

  /**
   * Writes what is added by the corrections after the first. By way of memory, without loops and
   * without vectors as arguments or in variables that are set twice: the compiler keeps vectors in
   * registers only where it sees the whole of their way.
   */
  private static void sumOthers(CodeTerms query, long at, int row, float[] into) {
    if (query.ofDistance) {
      FloatVector.fromMemorySegment(ROWS, SPACE, at, ORDER).intoArray(into, row);
      if (query.hasAxes) {
        addShares(query.axisFactors, at + CORRECTION_BYTES, row, into);
      }
    } else {
      FloatVector.zero(ROWS).intoArray(into, row);
      if (query.hasAxes) {
        addShares(query.axisFactors, at, row, into);
      }
    }
  }

  private static void addShares(float[] factors, long at, int row, float[] into) {
    IntVector four = IntVector.fromMemorySegment(ROW_INTS, SPACE, at, ORDER);
    IntVector more = IntVector.fromMemorySegment(ROW_INTS, SPACE, at + CORRECTION_BYTES, ORDER);
    FloatVector s0 = (FloatVector) four.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0);
    FloatVector s1 = (FloatVector) four.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0);
    FloatVector s2 = (FloatVector) four.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0);
    FloatVector s3 = (FloatVector) four.lanewise(ASHR, 24).convert(I2F, 0);
    FloatVector s4 = (FloatVector) more.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0);
    FloatVector s5 = (FloatVector) more.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0);
    FloatVector s6 = (FloatVector) more.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0);
    FloatVector s7 = (FloatVector) more.lanewise(ASHR, 24).convert(I2F, 0);
    FloatVector ofFour =
        s0.mul(factors[0]).add(s1.mul(factors[1])).add(s2.mul(factors[2]).add(s3.mul(factors[3])));
    FloatVector ofMore =
        s4.mul(factors[4]).add(s5.mul(factors[5])).add(s6.mul(factors[6]).add(s7.mul(factors[7])));
    FloatVector.fromArray(ROWS, into, row).add(ofFour).add(ofMore).intoArray(into, row);
  }

  @Override
  public int cut(float[] query, float[] centre, float share, float stepsPerUnit, CodeTerms terms) {
    if (query.length % Long.SIZE != 0 || Long.SIZE % FLOATS.length() != 0) {
      return ScalarCodeKernel.INSTANCE.cut(query, centre, share, stepsPerUnit, terms);
    }
    IntVector total = IntVector.zero(INTS);
    for (int word = 0; word < terms.planeWords(); word++) {
      long ones = 0;
      long twos = 0;
      long fours = 0;
      long eights = 0;
      for (int i = 0; i < Long.SIZE; i += FLOATS.length()) {
        IntVector steps =
            (IntVector)
                difference(query, centre, share, word * Long.SIZE + i)
                    .mul(stepsPerUnit)
                    .add(ScalarCodeKernel.TO_POSITIVE)
                    .convert(VectorOperators.F2I, 0);
        steps =
            steps
                .max(0)
                .min(ScalarCodeKernel.LARGEST_DIGIT)
                .sub(ScalarCodeKernel.LARGEST_DIGIT / 2 + 1);
        total = total.add(steps);
        ones |= digit(steps, 0) << i;
        twos |= digit(steps, 1) << i;
        fours |= digit(steps, 2) << i;
        eights |= digit(steps, 3) << i;
      }
      terms.setPlane(0, word, ones);
      terms.setPlane(1, word, twos);
      terms.setPlane(2, word, fours);
      terms.setPlane(3, word, eights);
    }
    return total.reduceLanes(VectorOperators.ADD);
  }

  private static long digit(IntVector steps, int j) {
    return steps.and(1 << j).compare(VectorOperators.NE, 0).toLong();
  }

  @Override
  public void reorder(float[] from, int[] order, float[] factors, float[] into) {
    int bound = FLOATS.loopBound(into.length);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, from, 0, order, i)
          .mul(FloatVector.fromArray(FLOATS, factors, i))
          .intoArray(into, i);
    }
    ScalarCodeKernel.reorderFrom(bound, from, order, factors, into);
  }

  @Override
  public void transform(float[] vector, int from, int count, int leastStep) {
    if (leastStep % FLOATS.length() != 0) {
      ScalarCodeKernel.INSTANCE.transform(vector, from, count, leastStep);
      return;
    }
    int step = leastStep;
    for (; step * 2 < count; step *= FOUR) {
      twoSteps(vector, from, from + count, step);
    }
    if (step < count) {
      oneStep(vector, from, from + count, step);
    }
  }

  private static void oneStep(float[] vector, int from, int to, int step) {
    for (int at = from; at < to; at += 2 * step) {
      for (int i = at; i < at + step; i += FLOATS.length()) {
        FloatVector a = FloatVector.fromArray(FLOATS, vector, i);
        FloatVector b = FloatVector.fromArray(FLOATS, vector, i + step);
        a.add(b).intoArray(vector, i);
        a.sub(b).intoArray(vector, i + step);
      }
    }
  }

  /** A step and the next, twice as long, at once: half as many reads and writes. */
  private static void twoSteps(float[] vector, int from, int to, int step) {
    for (int at = from; at < to; at += FOUR * step) {
      for (int i = at; i < at + step; i += FLOATS.length()) {
        FloatVector a = FloatVector.fromArray(FLOATS, vector, i);
        FloatVector b = FloatVector.fromArray(FLOATS, vector, i + step);
        FloatVector c = FloatVector.fromArray(FLOATS, vector, i + 2 * step);
        FloatVector d = FloatVector.fromArray(FLOATS, vector, i + 3 * step);
        FloatVector ab = a.add(b);
        FloatVector cd = c.add(d);
        FloatVector aWithoutB = a.sub(b);
        FloatVector cWithoutD = c.sub(d);
        ab.add(cd).intoArray(vector, i);
        aWithoutB.add(cWithoutD).intoArray(vector, i + step);
        ab.sub(cd).intoArray(vector, i + 2 * step);
        aWithoutB.sub(cWithoutD).intoArray(vector, i + 3 * step);
      }
    }
  }

  @Override
  public float dot(float[] a, float[] b) {
    int bound = FLOATS.loopBound(a.length);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      sum = FloatVector.fromArray(FLOATS, a, i).fma(FloatVector.fromArray(FLOATS, b, i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD) + ScalarCodeKernel.dotFrom(bound, a, b);
  }

  @Override
  public void add(float[] a, float[] b, float share) {
    int bound = FLOATS.loopBound(a.length);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, a, i)
          .add(FloatVector.fromArray(FLOATS, b, i).mul(share))
          .intoArray(a, i);
    }
    ScalarCodeKernel.addFrom(bound, a, b, share);
  }

  @Override
  public void dots(float[][] rows, float[] a, float[] into) {
    for (int j = 0; j < rows.length; j += FOUR) {
      dotFour(rows[j], rows[j + 1], rows[j + 2], rows[j + 3], a, into, j);
    }
  }

  private static void dotFour(
      float[] row0, float[] row1, float[] row2, float[] row3, float[] a, float[] into, int at) {
    int bound = FLOATS.loopBound(a.length);
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector elements = FloatVector.fromArray(FLOATS, a, i);
      sum0 = elements.fma(FloatVector.fromArray(FLOATS, row0, i), sum0);
      sum1 = elements.fma(FloatVector.fromArray(FLOATS, row1, i), sum1);
      sum2 = elements.fma(FloatVector.fromArray(FLOATS, row2, i), sum2);
      sum3 = elements.fma(FloatVector.fromArray(FLOATS, row3, i), sum3);
    }
    into[at] = sum0.reduceLanes(VectorOperators.ADD) + ScalarCodeKernel.dotFrom(bound, a, row0);
    into[at + 1] = sum1.reduceLanes(VectorOperators.ADD) + ScalarCodeKernel.dotFrom(bound, a, row1);
    into[at + 2] = sum2.reduceLanes(VectorOperators.ADD) + ScalarCodeKernel.dotFrom(bound, a, row2);
    into[at + 3] = sum3.reduceLanes(VectorOperators.ADD) + ScalarCodeKernel.dotFrom(bound, a, row3);
  }

  @Override
  public void addAll(float[] a, float[][] rows, float[] shares) {
    for (int j = 0; j < rows.length; j += FOUR) {
      addFour(a, rows[j], rows[j + 1], rows[j + 2], rows[j + 3], shares, j);
    }
  }

  private static void addFour(
      float[] a, float[] row0, float[] row1, float[] row2, float[] row3, float[] shares, int at) {
    int bound = FLOATS.loopBound(a.length);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector first =
          FloatVector.fromArray(FLOATS, row0, i)
              .mul(shares[at])
              .add(FloatVector.fromArray(FLOATS, row1, i).mul(shares[at + 1]));
      FloatVector last =
          FloatVector.fromArray(FLOATS, row2, i)
              .mul(shares[at + 2])
              .add(FloatVector.fromArray(FLOATS, row3, i).mul(shares[at + 3]));
      FloatVector.fromArray(FLOATS, a, i).add(first).add(last).intoArray(a, i);
    }
    ScalarCodeKernel.addFrom(bound, a, row0, shares[at]);
    ScalarCodeKernel.addFrom(bound, a, row1, shares[at + 1]);
    ScalarCodeKernel.addFrom(bound, a, row2, shares[at + 2]);
    ScalarCodeKernel.addFrom(bound, a, row3, shares[at + 3]);
  }

  @Override
  public float squaredDistance(float[] a, float[] b, float share) {
    int bound = FLOATS.loopBound(a.length);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector d = difference(a, b, share, i);
      sum = d.fma(d, sum);
    }
    return sum.reduceLanes(VectorOperators.ADD)
        + ScalarCodeKernel.squaredDistanceFrom(bound, a, b, share);
  }

  private static FloatVector difference(float[] a, float[] b, float share, int i) {
    return FloatVector.fromArray(FLOATS, a, i).sub(FloatVector.fromArray(FLOATS, b, i).mul(share));
  }

  @Override
  public float encode(
      float[] vector, float[] centre, float share, float threshold, long[] code, float[] k) {
    Arrays.fill(code, 0);
    int bound = FLOATS.loopBound(vector.length);
    boolean twoBits = !Float.isNaN(threshold);
    int lower = code.length / 2;
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector d = difference(vector, centre, share, i);
      FloatVector absolute = d.abs();
      VectorMask<Float> positive = d.compare(VectorOperators.GT, 0);
      VectorMask<Float> large = absolute.compare(VectorOperators.GT, threshold);
      FloatVector size = FloatVector.broadcast(FLOATS, 0.5f).blend(1.5f, large);
      FloatVector signed = size.neg().blend(size, positive);
      signed.intoArray(k, i);
      code[i >>> 6] |= positive.toLong() << i;
      if (twoBits) {
        code[lower + (i >>> 6)] |= positive.eq(large).toLong() << i;
      }
      sum = signed.fma(d, sum);
    }
    return sum.reduceLanes(VectorOperators.ADD)
        + ScalarCodeKernel.encodeFrom(bound, vector, centre, share, threshold, code, k);
  }

  private static LongVector bits(long line, int word) {
    return LongVector.fromMemorySegment(LONGS, SPACE, line + (long) word * Long.BYTES, ORDER);
  }
}
