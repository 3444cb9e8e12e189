package io.mnemogrid.perf;

import java.time.Duration;

/** What a process does with the processors. */
public final class ProcessorUse {
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final int WINDOWS_MOST = 240;
  private static final double QUIET_CORES = 0.1;

  private ProcessorUse() {}

  /**
   * Waits until a node's indexer has nothing left to do, as its use of the processors shows; at
   * most 20 minutes.
   */
  public static void awaitQuiet(long pid, Report report) {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      return;
    }
    long start = System.nanoTime();
    for (int i = 0; i < WINDOWS_MOST; i++) {
      Duration before = process.info().totalCpuDuration().orElse(Duration.ZERO);
      Pause.of(WINDOW);
      Duration after = process.info().totalCpuDuration().orElse(Duration.ZERO);
      if (after.minus(before).toNanos() < QUIET_CORES * WINDOW.toNanos()) {
        break;
      }
    }
    report.line("the indexer was done %,.0f s later", (System.nanoTime() - start) / 1e9);
  }
}
