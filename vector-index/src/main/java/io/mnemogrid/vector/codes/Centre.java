package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;

/**
 * The mean of some of an index's vectors: differences from it have more even signs than the
 * vectors.
 *
 * @param elements {@code float[dimension]}, rotated; never changed
 */
record Centre(float[] elements, float squaredLength) {
  private static final int MOST_SAMPLES = 2_048;

  static Centre of(SlotSet slots, RowDirectory rows, Scorer scorer, CodeEncoder encoder) {
    int[] sample = Sample.of(slots, MOST_SAMPLES);
    double[] sum = new double[scorer.layout().dimension()];
    for (int slot : sample) {
      float[] vector = encoder.read(rows, scorer, slot);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    float[] mean = new float[sum.length];
    float squared = 0;
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / Math.max(1, sample.length));
      squared += mean[i] * mean[i];
    }
    float[] rotated = new float[mean.length];
    Rotation.of(mean.length).apply(mean, rotated);
    return new Centre(rotated, squared);
  }
}
