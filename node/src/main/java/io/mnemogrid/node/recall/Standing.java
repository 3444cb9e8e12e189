package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.MemoryType;

/**
 * How much a memory counts, whatever the question is.
 *
 * @param importance 0..1
 * @param updatedAt unix seconds
 * @param verified by a key that may verify
 * @param feedback -1..1, 0 without any; see {@link #feedback}
 */
public record Standing(
    float importance, MemoryType type, long updatedAt, boolean verified, float feedback) {

  /** Votes that are assumed to have cancelled out, so that one alone does not say all. */
  private static final int ASSUMED_VOTES = 2;

  public Standing {
    if (!(importance >= 0 && importance <= 1)) {
      throw new IllegalArgumentException("the importance must be 0..1, was " + importance);
    }
    if (!(feedback >= -1 && feedback <= 1)) {
      throw new IllegalArgumentException("the feedback must be -1..1, was " + feedback);
    }
  }

  /** Votes as one number in [-1, 1] that grows with {@code up} and falls with the other two. */
  public static float feedback(int up, int down, int flags) {
    long against = (long) down + flags;
    return (float) ((double) (up - against) / (up + against + ASSUMED_VOTES));
  }
}
