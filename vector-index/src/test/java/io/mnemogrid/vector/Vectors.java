package io.mnemogrid.vector;

import java.util.SplittableRandom;

/** Seeded vectors for tests. */
public final class Vectors {
  private Vectors() {}

  public static float[] gaussian(SplittableRandom random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  /** Points around {@code clusters} centres, as embeddings of texts on as many topics would be. */
  public static float[][] clustered(
      SplittableRandom random, int count, int dimension, int clusters) {
    float[][] centres = new float[clusters][];
    for (int c = 0; c < clusters; c++) {
      centres[c] = gaussian(random, dimension);
    }
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] centre = centres[random.nextInt(clusters)];
      vectors[i] = gaussian(random, dimension);
      for (int d = 0; d < dimension; d++) {
        vectors[i][d] = 0.7f * vectors[i][d] + centre[d];
      }
    }
    return vectors;
  }

  /** The score as {@link Similarity} defines it, in double precision. */
  public static double score(Similarity similarity, float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return switch (similarity) {
      case DOT_PRODUCT -> dot;
      case COSINE -> dot / Math.sqrt(aa * bb);
      case EUCLIDEAN -> 2 * dot - aa - bb;
    };
  }
}
