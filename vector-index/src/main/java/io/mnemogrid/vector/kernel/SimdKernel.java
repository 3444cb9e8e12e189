package io.mnemogrid.vector.kernel;

import io.mnemogrid.vector.memory.NativeMemory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * One accumulator a row and a plain loop: hand-made unrolling measured slower. The loops over four
 * rows stand there once for each form of rows, as vectors in a variable of their own stay in
 * registers; only what fills one vector, and the scalar tails, are shared. Only {@link Kernels} may
 * name this class, since loading it needs the incubator module.
 */
final class SimdKernel implements Kernel {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, FLOATS.length() * 8)));
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, FLOATS.length() * 16)));
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final int LANES = FLOATS.length();
  private static final MemorySegment SPACE = NativeMemory.SPACE;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  @Override
  public float dotFloats(float[] query, long row) {
    int bound = FLOATS.loopBound(query.length);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      sum = floats(row, i).fma(FloatVector.fromArray(FLOATS, query, i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFloatsFrom(bound, query, row);
  }

  @Override
  public float squareFloats(long row, int count) {
    int bound = FLOATS.loopBound(count);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector x = floats(row, i);
      sum = x.fma(x, sum);
    }
    return sum.reduceLanes(VectorOperators.ADD) + ScalarKernel.squareFloatsFrom(bound, row, count);
  }

  @Override
  public float dotBytes(float[] query, long row) {
    int bound = byteBound(query.length);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      sum = bytes(row, i).fma(FloatVector.fromArray(FLOATS, query, i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotBytesFrom(bound, query, row);
  }

  @Override
  public float dotFixed(float[] query, long row) {
    int count = query.length;
    int bound = byteBound(count);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      sum = fixed(row, i, count).fma(FloatVector.fromArray(FLOATS, query, i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFixedFrom(bound, query, row);
  }

  @Override
  public void dotFloats4(float[] query, long[] rows, int at, float[] out) {
    long row0 = rows[at];
    long row1 = rows[at + 1];
    long row2 = rows[at + 2];
    long row3 = rows[at + 3];
    int bound = FLOATS.loopBound(query.length);
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(FLOATS, query, i);
      sum0 = floats(row0, i).fma(q, sum0);
      sum1 = floats(row1, i).fma(q, sum1);
      sum2 = floats(row2, i).fma(q, sum2);
      sum3 = floats(row3, i).fma(q, sum3);
    }
    out[at] =
        sum0.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFloatsFrom(bound, query, row0);
    out[at + 1] =
        sum1.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFloatsFrom(bound, query, row1);
    out[at + 2] =
        sum2.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFloatsFrom(bound, query, row2);
    out[at + 3] =
        sum3.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFloatsFrom(bound, query, row3);
  }

  @Override
  public void dotBytes4(float[] query, long[] rows, int at, float[] out) {
    long row0 = rows[at];
    long row1 = rows[at + 1];
    long row2 = rows[at + 2];
    long row3 = rows[at + 3];
    int bound = byteBound(query.length);
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(FLOATS, query, i);
      sum0 = bytes(row0, i).fma(q, sum0);
      sum1 = bytes(row1, i).fma(q, sum1);
      sum2 = bytes(row2, i).fma(q, sum2);
      sum3 = bytes(row3, i).fma(q, sum3);
    }
    out[at] = sum0.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotBytesFrom(bound, query, row0);
    out[at + 1] =
        sum1.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotBytesFrom(bound, query, row1);
    out[at + 2] =
        sum2.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotBytesFrom(bound, query, row2);
    out[at + 3] =
        sum3.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotBytesFrom(bound, query, row3);
  }

  @Override
  public void dotFixed4(float[] query, long[] rows, int at, float[] out) {
    long row0 = rows[at];
    long row1 = rows[at + 1];
    long row2 = rows[at + 2];
    long row3 = rows[at + 3];
    int count = query.length;
    int bound = byteBound(count);
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(FLOATS, query, i);
      sum0 = fixed(row0, i, count).fma(q, sum0);
      sum1 = fixed(row1, i, count).fma(q, sum1);
      sum2 = fixed(row2, i, count).fma(q, sum2);
      sum3 = fixed(row3, i, count).fma(q, sum3);
    }
    out[at] = sum0.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFixedFrom(bound, query, row0);
    out[at + 1] =
        sum1.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFixedFrom(bound, query, row1);
    out[at + 2] =
        sum2.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFixedFrom(bound, query, row2);
    out[at + 3] =
        sum3.reduceLanes(VectorOperators.ADD) + ScalarKernel.dotFixedFrom(bound, query, row3);
  }

  @Override
  public void narrowBytes(float[] vector, float largest, long row) {
    int bound = byteBound(vector.length);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector.fromArray(FLOATS, vector, i)
          .div(largest)
          .mul(ScalarKernel.LARGEST_BYTE)
          .add(ScalarKernel.ROUNDER)
          .viewAsIntegralLanes()
          .convertShape(VectorOperators.I2B, BYTES, 0)
          .reinterpretAsBytes()
          .intoMemorySegment(SPACE, row + i, ORDER);
    }
    ScalarKernel.narrowBytesFrom(bound, vector, largest, row);
  }

  @Override
  public void widenBytes(long row, float scale, float[] into) {
    int bound = byteBound(into.length);
    for (int i = 0; i < bound; i += LANES) {
      bytes(row, i).mul(scale).intoArray(into, i);
    }
    ScalarKernel.widenBytesFrom(bound, row, scale, into);
  }

  @Override
  public void widenFixed(long row, float scale, float[] into) {
    int bound = byteBound(into.length);
    for (int i = 0; i < bound; i += LANES) {
      fixed(row, i, into.length).mul(scale).intoArray(into, i);
    }
    ScalarKernel.widenFixedFrom(bound, row, scale, into);
  }

  // Species of fewer than 8 lanes have no byte species to be widened from in one step.
  private static int byteBound(int length) {
    return BYTES.length() == LANES ? FLOATS.loopBound(length) : 0;
  }

  private static FloatVector floats(long row, int i) {
    return FloatVector.fromMemorySegment(FLOATS, SPACE, row + (long) i * Float.BYTES, ORDER);
  }

  private static FloatVector bytes(long row, int i) {
    return (FloatVector)
        ByteVector.fromMemorySegment(BYTES, SPACE, row + i, ORDER)
            .convertShape(VectorOperators.B2F, FLOATS, 0);
  }

  private static FloatVector fixed(long row, int i, int count) {
    IntVector high =
        (IntVector)
            ByteVector.fromMemorySegment(BYTES, SPACE, row + i, ORDER)
                .convertShape(VectorOperators.B2I, INTS, 0);
    IntVector low =
        (IntVector)
            ShortVector.fromMemorySegment(
                    SHORTS, SPACE, row + count + (long) i * Short.BYTES, ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
    return (FloatVector)
        high.lanewise(VectorOperators.LSHL, Short.SIZE)
            .or(low)
            .convertShape(VectorOperators.I2F, FLOATS, 0);
  }
}
