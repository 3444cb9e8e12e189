package io.mnemogrid.node.lexical;

/**
 * What BM25 must know of all documents: those of one index, or the sum over several.
 *
 * @param documents those with at least one term
 * @param totalLength the sum of their lengths
 * @param documentFrequencies for each term of a question, in its order
 */
public record Statistics(long documents, long totalLength, long[] documentFrequencies) {
  /** Of no documents, for a question of so many terms. */
  public static Statistics none(int terms) {
    return new Statistics(0, 0, new long[terms]);
  }

  /**
   * The statistics of both together.
   *
   * @throws IllegalArgumentException if the other is for another number of terms
   */
  public Statistics plus(Statistics other) {
    if (other.documentFrequencies.length != documentFrequencies.length) {
      throw new IllegalArgumentException(
          "statistics of %d and of %d terms do not add up"
              .formatted(documentFrequencies.length, other.documentFrequencies.length));
    }
    long[] sums = documentFrequencies.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.documentFrequencies[i];
    }
    return new Statistics(documents + other.documents, totalLength + other.totalLength, sums);
  }

  double averageLength() {
    return documents == 0 ? 1 : Math.max(1, totalLength / (double) documents);
  }
}
