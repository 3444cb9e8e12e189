package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.CodeTerms;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.SplittableRandom;

/**
 * The directions in which an index's vectors differ most from its centre. What a vector has of them
 * is kept beside its code, in steps, and takes no part in the estimate's error.
 *
 * <p>The first principal components of some of the vectors, by orthogonal iteration (Golub and Van
 * Loan, Matrix Computations, section 8.2.4).
 *
 * @param directions {@code float[CodeTerms.AXES][dimension]}, rotated, of length 1 or, where there
 *     is nothing left that differs, 0; at right angles to each other and to the centre; never
 *     changed
 * @param steps {@code float[CodeTerms.AXES]}, units a step; 0 where there is no direction
 */
record Axes(float[][] directions, float[] steps) {
  /** With fewer vectors, to read the axes for each query costs more than they save. */
  static final int LEAST_VECTORS = 2_048;

  private static final int MOST_SAMPLES = 1_024;
  private static final int ITERATIONS = 4;
  private static final long SEED = 0x61786573L;
  private static final int MOST_STEPS = Byte.MAX_VALUE;

  /** How much larger shares may be than those of the vectors that were looked at. */
  private static final float ROOM = 1.5f;

  /** Part of a squared length below which what is left is rounding. */
  private static final double LEAST_LEFT = 1e-10;

  static Axes of(
      SlotSet slots, RowDirectory rows, Scorer scorer, CodeEncoder encoder, Centre centre) {
    int[] sample = Sample.of(slots, MOST_SAMPLES);
    int dimension = scorer.layout().dimension();
    CodeKernel kernel = Kernels.bestForCodes();
    float[][] differences = new float[sample.length][dimension];
    for (int i = 0; i < sample.length; i++) {
      encoder.read(rows, scorer, sample[i]);
      encoder.difference(centre, differences[i]);
    }
    float largest = toUnit(differences);
    float[][] directions = random(dimension);
    orthonormalize(directions, centre, kernel);
    for (int i = 0; i < ITERATIONS; i++) {
      directions = timesCovariance(directions, differences, kernel);
      orthonormalize(directions, centre, kernel);
    }
    float[] steps = steps(directions, differences, kernel);
    for (int j = 0; j < steps.length; j++) {
      steps[j] *= largest;
    }
    return new Axes(directions, steps);
  }

  /**
   * Divides all by the largest element, so that squares neither vanish nor overflow; returns it.
   */
  private static float toUnit(float[][] differences) {
    float largest = 0;
    for (float[] difference : differences) {
      for (float element : difference) {
        largest = Math.max(largest, Math.abs(element));
      }
    }
    if (!(largest > 0 && largest < Float.POSITIVE_INFINITY)) {
      return 1;
    }
    for (float[] difference : differences) {
      for (int i = 0; i < difference.length; i++) {
        difference[i] /= largest;
      }
    }
    return largest;
  }

  private static float[] steps(float[][] directions, float[][] differences, CodeKernel kernel) {
    float[] steps = new float[directions.length];
    float[] along = new float[directions.length];
    for (float[] difference : differences) {
      kernel.dots(directions, difference, along);
      for (int j = 0; j < steps.length; j++) {
        float step = Math.abs(along[j]) * ROOM / MOST_STEPS;
        if (step > steps[j] && Float.isFinite(step)) { // never NaN
          steps[j] = step;
        }
      }
    }
    return steps;
  }

  private static float[][] random(int dimension) {
    var random = new SplittableRandom(SEED);
    float[][] directions = new float[CodeTerms.AXES][dimension];
    for (float[] direction : directions) {
      for (int i = 0; i < dimension; i++) {
        direction[i] = (float) random.nextGaussian();
      }
    }
    return directions;
  }

  private static float[][] timesCovariance(
      float[][] directions, float[][] differences, CodeKernel kernel) {
    float[][] product = new float[directions.length][differences[0].length];
    float[] along = new float[directions.length];
    for (float[] difference : differences) {
      kernel.dots(directions, difference, along);
      for (int j = 0; j < directions.length; j++) {
        kernel.add(product[j], difference, along[j]);
      }
    }
    return product;
  }

  /** Takes from each what it has of the centre and of those before it, and makes its length 1. */
  private static void orthonormalize(float[][] directions, Centre centre, CodeKernel kernel) {
    for (int j = 0; j < directions.length; j++) {
      float[] direction = directions[j];
      float before = kernel.dot(direction, direction);
      if (centre.squaredLength() > 0) {
        float share = kernel.dot(direction, centre.elements()) / centre.squaredLength();
        kernel.add(direction, centre.elements(), -share);
      }
      for (int i = 0; i < j; i++) {
        kernel.add(direction, directions[i], -kernel.dot(direction, directions[i]));
      }
      float left = kernel.dot(direction, direction);
      boolean isThere = left > before * LEAST_LEFT && left > 0 && left < Float.POSITIVE_INFINITY;
      float factor = isThere ? (float) (1 / Math.sqrt(left)) : 0;
      for (int i = 0; i < direction.length; i++) {
        direction[i] = isThere ? direction[i] * factor : 0;
      }
    }
  }

  /** As much of a share of axis {@code j} as its steps reach. */
  float mostOf(int j, float share) {
    float most = MOST_STEPS * steps[j];
    return Math.clamp(share, -most, most);
  }

  /** What is kept of a share of axis {@code j}. */
  byte inSteps(int j, float share) {
    float whole = steps[j] == 0 ? 0 : Math.round(share / steps[j]);
    return (byte) Math.clamp(whole, -MOST_STEPS, MOST_STEPS);
  }
}
