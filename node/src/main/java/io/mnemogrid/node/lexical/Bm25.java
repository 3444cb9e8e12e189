package io.mnemogrid.node.lexical;

/**
 * The parameters of BM25, by Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25
 * and Beyond", 2009, without the constant factor {@code k1 + 1}.
 *
 * @param k1 how much further occurrences of a term add, at least 0, where they add nothing
 * @param b how much long documents are marked down, 0..1
 */
public record Bm25(double k1, double b) {
  public static final Bm25 DEFAULT = new Bm25(0.9, 0.4);

  public Bm25 {
    if (!(k1 >= 0 && Double.isFinite(k1))) {
      throw new IllegalArgumentException("k1 must be at least 0 and finite, was " + k1);
    }
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("b must be 0..1, was " + b);
    }
  }

  /** How much a term says that is in so many of the documents. */
  static double idf(long documents, long documentFrequency) {
    // Two that count at slightly different moments may count more of the part than of the whole.
    double all = Math.max(documents, documentFrequency);
    // Strict: the same on all machines, whose scores are compared.
    return StrictMath.log(1 + (all - documentFrequency + 0.5) / (documentFrequency + 0.5));
  }
}
