package io.mnemogrid.perf.ann;

import java.time.Duration;

/** What can be asked for the vectors nearest to the queries of one {@link VectorSet}. */
interface AnnSearch {
  /** A repetition that counts is preceded by one of this part of its length that does not. */
  int WARM_UP_SHARE = 5;

  /**
   * The share of the {@value Truth#K} nearest that is found, over all queries of the set.
   *
   * @param ef candidates that the search keeps, at least {@value Truth#K}
   */
  double recall(int ef);

  /** Has so many threads ask the queries of the set over and over for at least so long. */
  Rate measure(int ef, int threads, Duration atLeast);

  /** After a run that does not count, since what was asked before has taken the caches. */
  default Rate measureInTurn(int ef, int threads, Duration atLeast) {
    measure(ef, threads, atLeast.dividedBy(WARM_UP_SHARE));
    return measure(ef, threads, atLeast);
  }
}
