package io.mnemogrid.perf.ann;

/** One way to search, at one ef. */
record SearchAtEf(String name, AnnSearch search, int ef) {
  double recall() {
    return search.recall(ef);
  }
}
