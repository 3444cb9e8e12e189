package io.mnemogrid.perf;

import java.util.random.RandomGenerator;

/** Vectors whose values do not matter to what is measured. */
public final class RandomVectors {
  private RandomVectors() {}

  /** Every element between -1 and 1. */
  public static float[] draw(RandomGenerator random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextDouble(-1, 1);
    }
    return vector;
  }
}
