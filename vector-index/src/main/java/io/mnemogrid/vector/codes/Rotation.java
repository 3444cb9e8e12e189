package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.Kernels;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A fixed rotation that spreads what a vector says evenly over its elements, so that the sign of
 * each says as much as that of any other.
 *
 * <p>A random order and random signs, then the longer steps of a Walsh-Hadamard transform over the
 * first elements, random signs again, and the same over the last elements, both times as many as
 * the largest power of two has: n log n additions in place of the n * n of a random matrix (Ailon
 * and Chazelle, 2009, section 3). The short steps are left out, since they do not fill a vector
 * register and the random order mixes as well. The signs in between are there for what is both
 * among the first and the last: the second transform would undo the first. The same rotation
 * everywhere: codes of any two indexes are alike.
 */
final class Rotation {
  private static final long SEED = 0x726F7461746521L;
  private static final int LEAST_STEP = 16;

  private static final ConcurrentHashMap<Integer, Rotation> BY_DIMENSION =
      new ConcurrentHashMap<>();

  private final CodeKernel kernel = Kernels.bestForCodes();
  private final int[] order;
  private final float[] factors;
  private final float[] factorsBetween;
  private final int transformed;
  private final int leastStep;

  private Rotation(int dimension) {
    order = new int[dimension];
    factors = new float[dimension];
    factorsBetween = new float[dimension];
    transformed = Integer.highestOneBit(dimension);
    leastStep = transformed > LEAST_STEP ? LEAST_STEP : 1;
    // What keeps lengths as they are, so that it does not have to be done at each step.
    float scale = (float) Math.sqrt((double) leastStep / transformed);
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < dimension; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
      factors[i] = (random.nextBoolean() ? 1 : -1) * (i < transformed ? scale : 1);
    }
    for (int i = 0; i < dimension; i++) {
      boolean isTransformed = i >= dimension - transformed;
      factorsBetween[i] = (random.nextBoolean() ? 1 : -1) * (isTransformed ? scale : 1);
    }
  }

  /** The rotation for a dimension; to be kept by who needs it often. */
  static Rotation of(int dimension) {
    return BY_DIMENSION.computeIfAbsent(dimension, Rotation::new);
  }

  /** Writes {@code vector}, rotated, over {@code into}, another array. */
  void apply(float[] vector, float[] into) {
    kernel.reorder(vector, order, factors, into);
    kernel.transform(into, 0, transformed, leastStep);
    if (transformed < into.length) {
      for (int i = 0; i < into.length; i++) {
        into[i] *= factorsBetween[i];
      }
      kernel.transform(into, into.length - transformed, transformed, leastStep);
    }
  }
}
