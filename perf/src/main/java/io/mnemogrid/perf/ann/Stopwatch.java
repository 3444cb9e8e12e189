package io.mnemogrid.perf.ann;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Times what one thread does, on the clock and by its own processor time. */
final class Stopwatch {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOS = 1e9;

  private final long cpuNanos = THREADS.getCurrentThreadCpuTime();
  private final long wallNanos = System.nanoTime();

  private Stopwatch() {}

  static Stopwatch start() {
    return new Stopwatch();
  }

  /** What it took this thread since the start to do so many operations. */
  Rate stop(long operations) {
    double wallSeconds = (System.nanoTime() - wallNanos) / NANOS;
    double cpuSeconds = (THREADS.getCurrentThreadCpuTime() - cpuNanos) / NANOS;
    return new Rate(operations, wallSeconds, cpuSeconds);
  }

  static Rate time(long operations, Runnable work) {
    Stopwatch watch = start();
    work.run();
    return watch.stop(operations);
  }
}
