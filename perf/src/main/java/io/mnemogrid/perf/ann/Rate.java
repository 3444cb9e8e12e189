package io.mnemogrid.perf.ann;

/**
 * Queries answered, or other operations done, in one repetition.
 *
 * @param wallSeconds until the last thread had ended
 * @param cpuSeconds of the working threads, summed
 */
record Rate(long operations, double wallSeconds, double cpuSeconds) {
  double perSecond() {
    return operations / wallSeconds;
  }

  double perCpuSecond() {
    return operations / cpuSeconds;
  }
}
