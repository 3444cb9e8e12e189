package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.CodeTerms;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.rows.RowCodec;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.Scorer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes the codes of rows. Reused scratch; one thread at a time. */
public final class CodeEncoder {
  private final CodeKernel kernel = Kernels.bestForCodes();
  private final float[] along = new float[CodeTerms.AXES];
  private final float[] taken = new float[CodeTerms.AXES];
  private final float[] ofCode = new float[CodeTerms.AXES];
  private float[] vector = {};
  private float[] rotated = {};
  private float[] standsFor = {};
  private Rotation rotation = Rotation.of(1);
  private long[] code = {};
  private int[] corrections = {};

  /** The vector of the row of {@code slot}. */
  float[] read(RowDirectory rows, Scorer scorer, int slot) {
    if (vector.length != scorer.layout().dimension()) {
      vector = new float[scorer.layout().dimension()];
      rotated = new float[vector.length];
      standsFor = new float[vector.length];
      rotation = Rotation.of(vector.length);
    }
    scorer.decode(rows.address(slot), vector);
    return vector;
  }

  /** Writes what was read last, rotated and without what it has of the centre, to {@code into}. */
  void difference(Centre centre, float[] into) {
    rotation.apply(vector, into);
    kernel.add(into, centre.elements(), -shareOf(centre, into));
  }

  private float shareOf(Centre centre, float[] ofRotated) {
    float squared = centre.squaredLength();
    return squared == 0 ? 0 : kernel.dot(ofRotated, centre.elements()) / squared;
  }

  /** Writes the code of what was read last. */
  void write(CodeLayout layout, Centre centre, @Nullable Axes axes, long record, int slot) {
    if (code.length != layout.words()) {
      code = new long[layout.words()];
    }
    if (corrections.length != layout.corrections()) {
      corrections = new int[layout.corrections()];
    }
    rotation.apply(vector, rotated);
    float[] c = centre.elements();
    float share = shareOf(centre, rotated);
    if (axes != null) {
      kernel.dots(axes.directions(), rotated, along);
      for (int j = 0; j < along.length; j++) {
        taken[j] = -axes.mostOf(j, along[j]);
      }
      kernel.addAll(rotated, axes.directions(), taken);
    }
    float squared = kernel.squaredDistance(rotated, c, share);
    float deviation = (float) Math.sqrt(squared / vector.length);
    float threshold = layout.bits() == 1 ? Float.NaN : deviation;
    float product = kernel.encode(rotated, c, share, threshold, code, standsFor);
    // -|x - q|^2 = 2 (x, q) - |x|^2 - |q|^2
    float products = layout.ofDistance() ? 2 : 1;
    float exact = product == 0 ? 0 : squared / product;
    float f = CodeTerms.f(CodeTerms.pack(products * exact, 0)) / products;
    float g = (share - 1) * centre.squaredLength();
    corrections[0] = CodeTerms.pack(products * f, products * g);
    if (layout.ofDistance()) {
      corrections[1] = Float.floatToRawIntBits(-RowCodec.squaredLength(vector));
    }
    if (axes != null) {
      setShares(axes, f);
    }
    layout.write(record, slot, code, corrections);
  }

  private void setShares(Axes axes, float f) {
    int first = corrections.length - CodeTerms.AXES / Integer.BYTES;
    Arrays.fill(corrections, first, corrections.length, 0);
    kernel.dots(axes.directions(), standsFor, ofCode);
    for (int j = 0; j < CodeTerms.AXES; j++) {
      // What is too large for its steps is left to the code, which then has something of the axis.
      boolean isAllTaken = taken[j] == -along[j];
      float share = isAllTaken ? along[j] - f * ofCode[j] : -taken[j];
      int low = Byte.toUnsignedInt(axes.inSteps(j, share));
      corrections[first + j / Integer.BYTES] |= low << j % Integer.BYTES * Byte.SIZE;
    }
  }
}
