package io.mnemogrid.node.model;

/**
 * How similar a model finds texts that have nothing to do with each other: what makes the cosines
 * of one model comparable with those of another.
 *
 * @param mean of their cosines
 * @param deviation standard deviation of their cosines, above 0
 */
public record Unrelated(double mean, double deviation) {
  public Unrelated {
    if (!(mean >= -1 && mean <= 1)) {
      throw new IllegalArgumentException("the mean of cosines is -1..1, was " + mean);
    }
    if (!(deviation > 0 && deviation <= 1)) {
      throw new IllegalArgumentException(
          "the deviation of cosines is above 0 and at most 1, was " + deviation);
    }
  }

  /** By how many standard deviations a cosine stands out. */
  public double standingOut(double cosine) {
    return (cosine - mean) / deviation;
  }
}
