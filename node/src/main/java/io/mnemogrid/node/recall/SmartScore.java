package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.MemoryType;
import java.time.Duration;

/**
 * A score, moved a little by what the memory counts whatever the question is:
 *
 * <pre>
 * smart = score + |score| · (wi · (2 · importance − 1) + wr · (2 · 2^(−age / halfLife) − 1)
 *                            + wv · verified + wf · feedback)
 * </pre>
 *
 * <p>It grows with the score and with each of the four, since the weights sum to less than 1, and
 * is moved by at most that share of itself: what is clearly more relevant stays ahead.
 *
 * @param importanceWeight {@code wi}, 0..0.5
 * @param recencyWeight {@code wr}, 0..0.5
 * @param verifiedWeight {@code wv}, 0..0.5
 * @param feedbackWeight {@code wf}, 0..0.5, the sum of the four below 1
 * @param halfLife age at which an episodic memory counts as neither recent nor old; other types
 *     have a multiple of it
 */
public record SmartScore(
    double importanceWeight,
    double recencyWeight,
    double verifiedWeight,
    double feedbackWeight,
    Duration halfLife) {
  /** The score as it is. */
  public static final SmartScore NONE = new SmartScore(0, 0, 0, 0, Duration.ofDays(1));

  private static final int STEPS_A_HALF_LIFE = 256;

  public SmartScore {
    double sum = importanceWeight + recencyWeight + verifiedWeight + feedbackWeight;
    boolean negative =
        Math.min(
                Math.min(importanceWeight, recencyWeight), Math.min(verifiedWeight, feedbackWeight))
            < 0;
    if (negative || !(sum < 1)) {
      throw new IllegalArgumentException(
          "weights must be at least 0 and sum to less than 1, were %s, %s, %s and %s"
              .formatted(importanceWeight, recencyWeight, verifiedWeight, feedbackWeight));
    }
    if (!halfLife.isPositive()) {
      throw new IllegalArgumentException("the half-life must be positive, was " + halfLife);
    }
  }

  /**
   * How far each part of a standing moves a score, as shares of the score.
   *
   * @param recent how recent it is, 0..1
   */
  public record Moves(
      double importance, double recent, double recency, double verified, double feedback) {
    double sum() {
      return importance + recency + verified + feedback;
    }
  }

  /**
   * A score as it is moved.
   *
   * @param now unix seconds
   */
  public double of(double score, Standing standing, long now) {
    return score + Math.abs(score) * moves(standing, now).sum();
  }

  /**
   * What {@link #of} moves a score by.
   *
   * @param now unix seconds
   */
  public Moves moves(Standing standing, long now) {
    double recent = recency(standing, now);
    return new Moves(
        importanceWeight * (2 * standing.importance() - 1),
        recent,
        recencyWeight * (2 * recent - 1),
        verifiedWeight * (standing.verified() ? 1 : 0),
        feedbackWeight * standing.feedback());
  }

  /** In steps: an answer does not change from one second to the next. */
  private double recency(Standing standing, long now) {
    double halfLifeSeconds = halfLife.toSeconds() * halfLives(standing.type());
    double age = Math.max(0, now - standing.updatedAt()) / halfLifeSeconds;
    return Math.pow(2, -Math.floor(age * STEPS_A_HALF_LIFE) / STEPS_A_HALF_LIFE);
  }

  /**
   * What is being worked on ages in days, what happened in a year, how a thing is done in years.
   */
  private static double halfLives(MemoryType type) {
    return switch (type) {
      case WORKING -> 0.01;
      case EPISODIC -> 1;
      case SEMANTIC, STRATEGIC -> 2;
      case PROCEDURAL -> 4;
    };
  }
}
