package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.Arrays;

/**
 * The mean of some of an index's vectors: differences from it have more even signs than the
 * vectors.
 *
 * @param elements {@code float[dimension]}, rotated; never changed
 */
record Centre(float[] elements, float squaredLength) {
  private static final int MOST_SAMPLES = 2_048;
  private static final CodeKernel KERNEL = Kernels.bestForCodes();

  /**
   * Squared, how many times farther from the origin than from each other vectors may be, at most.
   * The correction g grows with the centre, and has 12 binary digits: at 64 times codes find as
   * much as anywhere, at 256 times 0.85 to 0.9 of it. Sentence embeddings are at 1 to 3.
   */
  private static final double FAR = 4_096;

  static Centre of(SlotSet slots, RowDirectory rows, Scorer scorer, CodeEncoder encoder) {
    int[] sample = Sample.of(slots, MOST_SAMPLES);
    float[] mean = new float[scorer.layout().dimension()];
    double[] sum = new double[mean.length];
    for (int slot : sample) {
      float[] vector = encoder.read(rows, scorer, slot);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    double squared = 0;
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / Math.max(1, sample.length));
      squared += (double) mean[i] * mean[i];
    }
    float[] rotated = new float[mean.length];
    Rotation.of(mean.length).apply(mean, rotated);
    return new Centre(rotated, (float) squared);
  }

  /**
   * Whether the vectors, by the median of some of them, are so far from the origin that codes tell
   * them hardly apart.
   */
  boolean isFar(SlotSet slots, RowDirectory rows, Scorer scorer, CodeEncoder encoder) {
    int[] sample = Sample.of(slots, MOST_SAMPLES);
    float[] difference = new float[elements.length];
    float[] squares = new float[sample.length];
    for (int i = 0; i < sample.length; i++) {
      encoder.read(rows, scorer, sample[i]);
      encoder.difference(this, difference);
      squares[i] = KERNEL.dot(difference, difference);
    }
    Arrays.sort(squares);
    return sample.length > 0 && squaredLength > FAR * squares[sample.length / 2];
  }
}
