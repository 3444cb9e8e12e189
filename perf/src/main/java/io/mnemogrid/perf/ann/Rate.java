package io.mnemogrid.perf.ann;

/**
 * Queries answered in one repetition.
 *
 * @param wallSeconds until the last thread had ended
 * @param cpuSeconds of the querying threads, summed
 */
record Rate(long queries, double wallSeconds, double cpuSeconds) {
  double perSecond() {
    return queries / wallSeconds;
  }

  double perCpuSecond() {
    return queries / cpuSeconds;
  }
}
