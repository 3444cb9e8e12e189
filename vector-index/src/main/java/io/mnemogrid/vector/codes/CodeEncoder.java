package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.rows.Metric;
import io.mnemogrid.vector.rows.RowCodec;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.Scorer;

/** Makes the codes of rows. Reused scratch; one thread at a time. */
public final class CodeEncoder {
  private static final int SUMS = 2;

  private final CodeKernel kernel = Kernels.bestForCodes();
  private final float[] sums = new float[SUMS];
  private final float[] corrections = new float[CodeKernel.CORRECTIONS];
  private float[] vector = {};
  private float[] rotated = {};
  private Rotation rotation = Rotation.of(1);
  private long[] code = {};

  /** The vector of the row of {@code slot}. */
  float[] read(RowDirectory rows, Scorer scorer, int slot) {
    if (vector.length != scorer.layout().dimension()) {
      vector = new float[scorer.layout().dimension()];
      rotated = new float[vector.length];
      rotation = Rotation.of(vector.length);
    }
    scorer.decode(rows.address(slot), vector);
    return vector;
  }

  /** Writes the code of what was read last. */
  void write(CodeLayout layout, Metric metric, Centre centre, long record, int slot) {
    if (code.length != layout.words()) {
      code = new long[layout.words()];
    }
    rotation.apply(vector, rotated);
    float[] c = centre.elements();
    float ofCentre = centre.squaredLength();
    float share = ofCentre == 0 ? 0 : kernel.dot(rotated, c) / ofCentre;
    float squared = kernel.squaredDistance(rotated, c, share);
    float deviation = (float) Math.sqrt(squared / vector.length);
    float threshold = layout.bits() == 1 ? Float.NaN : deviation;
    kernel.encode(rotated, c, share, threshold, code, sums);
    float f = sums[0] == 0 ? 0 : squared / sums[0];
    // -|x - q|^2 = 2 (x, q) - |x|^2 - |q|^2
    boolean ofDistance = metric == Metric.NEGATED_SQUARED_DISTANCE;
    float products = ofDistance ? 2 : 1;
    corrections[0] = products * f;
    corrections[1] = products * ((share - 1) * ofCentre - f * sums[1]);
    corrections[2] = layout.sumOfDigits(code);
    corrections[3] = ofDistance ? -RowCodec.squaredLength(vector) : 0;
    layout.write(record, slot, code, corrections);
  }
}
