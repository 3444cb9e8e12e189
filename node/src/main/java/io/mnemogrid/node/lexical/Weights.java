package io.mnemogrid.node.lexical;

/**
 * What each term of a query adds to the score of a document that holds it. Parts are added in the
 * order of the query's terms, so that a score does not depend on the way a document was found.
 */
final class Weights {
  private final double[] idf;
  private final double perDocument;
  private final double perLength;

  Weights(LexicalQuery query) {
    Statistics statistics = query.statistics();
    idf = new double[query.terms().size()];
    for (int i = 0; i < idf.length; i++) {
      idf[i] = Bm25.idf(statistics.documents(), statistics.documentFrequencies()[i]);
    }
    double k1 = query.parameters().k1();
    double b = query.parameters().b();
    perDocument = k1 * (1 - b);
    perLength = k1 * b / statistics.averageLength();
  }

  int terms() {
    return idf.length;
  }

  /** What the {@code i}-th term adds that occurs so often in a document of that length. */
  double part(int i, int count, int length) {
    return idf[i] * count / (count + perDocument + perLength * length);
  }
}
