package io.mnemogrid.node.lexical;

/** Scores a document when the terms that the query asks for are counted. One thread. */
final class Tally {
  private final Weights weights;
  private final TermPlaces places;
  private final int[] counts;
  private boolean found;

  /**
   * @param numbers of the query's terms, as the documents are written in; negative for a term that
   *     none of them holds
   */
  Tally(Weights weights, int[] numbers) {
    this.weights = weights;
    this.places = new TermPlaces(numbers);
    this.counts = new int[numbers.length];
  }

  /** The place of a term in the query, or {@link TermPlaces#NOWHERE}. */
  int place(int number) {
    return places.of(number);
  }

  /** A document holds the term at that place so often. */
  void count(int place, int count) {
    counts[place] = count;
    found = true;
  }

  /** The score of a document with what was counted since the last call; 0 if nothing was. */
  float score(int length) {
    if (!found) {
      return 0;
    }
    found = false;
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sum += weights.part(i, counts[i], length);
        counts[i] = 0;
      }
    }
    return (float) sum;
  }
}
