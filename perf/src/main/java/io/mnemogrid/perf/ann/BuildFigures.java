package io.mnemogrid.perf.ann;

/** How long it took to build an index: on the clock, and summed over all threads of its process. */
record BuildFigures(int vectors, double wallSeconds, double cpuSeconds) {
  double vectorsPerSecond() {
    return vectors / wallSeconds;
  }

  double vectorsPerCpuSecond() {
    return vectors / cpuSeconds;
  }
}
