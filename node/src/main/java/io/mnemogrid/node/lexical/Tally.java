package io.mnemogrid.node.lexical;

/** Scores documents whose terms it is shown one after the other. One thread. */
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

  void see(int number, int count) {
    int place = places.of(number);
    if (place != TermPlaces.NOWHERE) {
      counts[place] = count;
      found = true;
    }
  }

  /** The score of what was seen since the last call; 0 if no term of the query was among it. */
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
