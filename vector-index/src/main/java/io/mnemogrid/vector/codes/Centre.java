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
    int step = Math.max(1, slots.size() / MOST_SAMPLES);
    double[] sum = new double[scorer.layout().dimension()];
    int seen = 0;
    int samples = 0;
    for (int w = 0; w < slots.words(); w++) {
      for (long bits = slots.word(w); bits != 0; bits &= bits - 1) {
        if (seen++ % step == 0) {
          samples++;
          float[] vector = encoder.read(rows, scorer, (w << 6) + Long.numberOfTrailingZeros(bits));
          for (int i = 0; i < sum.length; i++) {
            sum[i] += vector[i];
          }
        }
      }
    }
    float[] mean = new float[sum.length];
    float squared = 0;
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / Math.max(1, samples));
      squared += mean[i] * mean[i];
    }
    float[] rotated = new float[mean.length];
    Rotation.of(mean.length).apply(mean, rotated);
    return new Centre(rotated, squared);
  }
}
