package io.mnemogrid.perf.ann;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The sets that can be compared on, all but the first made anew from a seed each time; only what is
 * exactly nearest is kept, beside the vectors.
 *
 * <ul>
 *   <li>{@code sentences}: {@code base.f32} and {@code queries.f32}.
 *   <li>{@code million}: {@value #MILLION} vectors; first those of {@code base.f32} as they are,
 *       then {@code normalize(x + 0.3 (y - z))} with x, y and z drawn from them. The difference of
 *       two has twice their covariance, so the noise is as strong in each direction as the data
 *       spread there. Queries are those of {@code sentences}.
 *   <li>{@code clustered}: 100,000 vectors of 384 dimensions around 1,000 centres, each {@code
 *       normalize(centre + 1.5 noise)} with centre and noise drawn evenly from the unit sphere. Two
 *       of one cluster have an inner product of 0.31 on average, with a deviation of 0.04; two of
 *       different ones 0, with 0.05. So the nearest are in the query's cluster, and neither much
 *       nearer than the rest of it nor far from everything else. The 1,000 queries are drawn alike.
 * </ul>
 */
final class VectorSets {
  static final long SEED = 20261123;
  private static final int MILLION = 1_000_000;
  private static final float PERTURBATION = 0.3f;
  private static final int CLUSTERED = 100_000;
  private static final int CLUSTERED_DIMENSION = 384;
  private static final int CENTRES = 1_000;
  private static final float NOISE = 1.5f;
  private static final int QUERIES = 1_000;

  private final Path directory;

  /**
   * Sets that are made of the files in this directory.
   *
   * @param directory with {@code base.f32} and {@code queries.f32}
   */
  VectorSets(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes or reads a set.
   *
   * @param most only the first so many vectors
   * @throws IllegalArgumentException if there is no set of this name
   */
  VectorSet set(String name, int most) {
    return switch (name) {
      case "sentences" -> withTruth(name, base(most), queries());
      case "million" ->
          withTruth(name, perturbed(base(MILLION), Math.min(most, MILLION)), queries());
      case "clustered" -> clustered(Math.min(most, CLUSTERED));
      default -> throw new IllegalArgumentException("no set is called " + name);
    };
  }

  private float[][] base(int most) {
    return VectorFile.read(directory.resolve("base.f32"), most);
  }

  private float[][] queries() {
    return VectorFile.read(directory.resolve("queries.f32"), QUERIES);
  }

  private VectorSet withTruth(String name, float[][] base, float[][] queries) {
    Path file = directory.resolve("truth-%s-%d-%d.knn".formatted(name, base.length, SEED));
    if (Files.exists(file)) {
      return new VectorSet(name, base, queries, Truth.read(file));
    }
    Truth truth = ExactSearch.nearest(base, queries);
    truth.write(file);
    return new VectorSet(name, base, queries, truth);
  }

  static float[][] perturbed(float[][] base, int count) {
    float[][] vectors = new float[count][];
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < count; i++) {
      vectors[i] = i < base.length ? base[i] : perturbed(base, random);
    }
    return vectors;
  }

  private static float[] perturbed(float[][] base, RandomGenerator random) {
    float[] x = base[random.nextInt(base.length)];
    float[] y = base[random.nextInt(base.length)];
    float[] z = base[random.nextInt(base.length)];
    float[] sum = new float[x.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = x[i] + PERTURBATION * (y[i] - z[i]);
    }
    return normalized(sum);
  }

  private VectorSet clustered(int count) {
    var random = new SplittableRandom(SEED);
    float[][] centres =
        IntStream.range(0, CENTRES)
            .mapToObj(_ -> direction(CLUSTERED_DIMENSION, random))
            .toArray(float[][]::new);
    // The queries first: so they are the same however many vectors are wanted.
    float[][] queries = around(centres, QUERIES, random);
    return withTruth("clustered", around(centres, count, random), queries);
  }

  private static float[][] around(float[][] centres, int count, RandomGenerator random) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] centre = centres[random.nextInt(centres.length)];
      float[] sum = direction(centre.length, random);
      for (int j = 0; j < sum.length; j++) {
        sum[j] = centre[j] + NOISE * sum[j];
      }
      vectors[i] = normalized(sum);
    }
    return vectors;
  }

  static float[] direction(int dimension, RandomGenerator random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return normalized(vector);
  }

  private static float[] normalized(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    float factor = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
    return vector;
  }
}
