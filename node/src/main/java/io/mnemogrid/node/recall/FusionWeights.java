package io.mnemogrid.node.recall;

/**
 * How much each {@link Signal} counts beside the others.
 *
 * @param alone the two sides when no turn of a session is among the candidates
 * @param inContext the two sides when some are
 */
public record FusionWeights(Sides alone, Sides inContext, Priors priors) {
  /**
   * What found most of what was asked for on long conversations, rounded; each can be half as large
   * again or a third smaller without a difference that matters. Documents have no priors, and then
   * only {@code alone} counts, which is as good for them as any other division.
   */
  public static final FusionWeights DEFAULTS =
      new FusionWeights(
          new Sides(0.4, 0, 0, 0.6, 0, 0),
          new Sides(0.06, 0.27, 0.14, 0.2, 0.165, 0.165),
          new Priors(0.35, 0.07, 0.1, 0.07, 0.16));

  /** Similarity of words and vectors alone: without context, and without a look at the content. */
  public static final FusionWeights PLAIN =
      new FusionWeights(DEFAULTS.alone(), DEFAULTS.alone(), new Priors(0, 0, 0, 0, 0));

  /** What the two searches say. */
  public record Sides(
      double lexical,
      double lexicalNeighbors,
      double lexicalSession,
      double dense,
      double denseNeighbors,
      double denseSession) {

    public Sides {
      notNegative(lexical, lexicalNeighbors, lexicalSession, dense, denseNeighbors, denseSession);
    }

    /**
     * The same sum, divided anew between words and vectors.
     *
     * @param vectorWeight share of the vectors, 0..1
     */
    Sides balanced(double vectorWeight) {
      double words = lexical + lexicalNeighbors + lexicalSession;
      double vectors = dense + denseNeighbors + denseSession;
      double ofWords = words == 0 ? 0 : (1 - vectorWeight) * (words + vectors) / words;
      double ofVectors = vectors == 0 ? 0 : vectorWeight * (words + vectors) / vectors;
      return new Sides(
          ofWords * lexical,
          ofWords * lexicalNeighbors,
          ofWords * lexicalSession,
          ofVectors * dense,
          ofVectors * denseNeighbors,
          ofVectors * denseSession);
    }
  }

  /** What the question and the content say beside their words. */
  public record Priors(double date, double name, double when, double statement, double length) {
    public Priors {
      notNegative(date, name, when, statement, length);
    }
  }

  private static void notNegative(double... weights) {
    for (double weight : weights) {
      if (!(weight >= 0)) {
        throw new IllegalArgumentException("a weight must be at least 0, was " + weight);
      }
    }
  }
}
