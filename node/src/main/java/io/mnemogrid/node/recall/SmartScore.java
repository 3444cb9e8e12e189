package io.mnemogrid.node.recall;

import java.time.Duration;

/**
 * Similarity, adjusted a little by importance and recency:
 *
 * <pre>
 * smart = similarity + |similarity| · (wi · (2 · importance − 1) + wr · (2 · 2^(−age / halfLife) − 1))
 * </pre>
 *
 * <p>It grows with each of the three while {@code wi + wr < 1}, and moves a score by at most that
 * share of itself: what is clearly more similar stays ahead.
 *
 * @param importanceWeight {@code wi}, 0..0.5
 * @param recencyWeight {@code wr}, 0..0.5 with a sum below 1
 * @param halfLife age at which a memory counts as neither recent nor old
 */
public record SmartScore(double importanceWeight, double recencyWeight, Duration halfLife) {
  /** Similarity as it is. */
  public static final SmartScore NONE = new SmartScore(0, 0, Duration.ofDays(1));

  public SmartScore {
    if (!(importanceWeight >= 0 && recencyWeight >= 0 && importanceWeight + recencyWeight < 1)) {
      throw new IllegalArgumentException(
          "weights must be at least 0 and sum to less than 1, were %s and %s"
              .formatted(importanceWeight, recencyWeight));
    }
    if (!halfLife.isPositive()) {
      throw new IllegalArgumentException("the half-life must be positive, was " + halfLife);
    }
  }

  /**
   * @param now unix seconds
   */
  public float of(Ranking.Found found, long now) {
    double ageHalfLives = Math.max(0, now - found.updatedAt()) / (double) halfLife.toSeconds();
    double recency = Math.pow(2, -ageHalfLives);
    double adjustment =
        importanceWeight * (2 * found.importance() - 1) + recencyWeight * (2 * recency - 1);
    return (float) (found.similarity() + Math.abs(found.similarity()) * adjustment);
  }

  /**
   * How many candidates by similarity are needed so that the best {@code k} by the adjusted score
   * are very likely among them.
   */
  public int candidatesFor(int k) {
    return importanceWeight + recencyWeight == 0 ? k : Math.max(2 * k, k + 20);
  }
}
