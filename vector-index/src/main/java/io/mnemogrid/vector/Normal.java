package io.mnemogrid.vector;

/** Refuses vectors that cannot be compared, and says how to bring the others to length one. */
final class Normal {
  private Normal() {}

  /**
   * Checks {@code vector}.
   *
   * @return what {@code vector} has to be multiplied with: 1 unless only its direction counts
   * @throws InvalidVectorException if an element is NaN or infinite, if the squared length is
   *     beyond a float, or if there is no direction where one is needed
   */
  static float factor(float[] vector, Similarity similarity) {
    double squared = 0;
    for (float x : vector) {
      squared += (double) x * x;
    }
    if (!Double.isFinite(squared)) {
      throw new InvalidVectorException("vector holds NaN or infinity");
    }
    if (similarity != Similarity.COSINE) {
      if (squared > Float.MAX_VALUE) {
        throw new InvalidVectorException("vector is too long for a score to be a number");
      }
      return 1;
    }
    float factor = (float) (1 / Math.sqrt(squared));
    if (squared == 0 || !Float.isFinite(factor)) {
      throw new InvalidVectorException("vector of length zero has no direction");
    }
    return factor;
  }
}
