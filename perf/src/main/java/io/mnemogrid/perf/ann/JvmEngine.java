package io.mnemogrid.perf.ann;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Measures an index inside this JVM.
 *
 * <p>The processor time of a build is the whole process's, with the collector's and the compiler's.
 */
final class JvmEngine implements AnnEngine {
  private static final double NANOS = 1e9;

  private final JvmIndex index;
  private final VectorSet set;
  private final SearchTrial trial;

  JvmEngine(JvmIndex index, VectorSet set) {
    this.index = index;
    this.set = set;
    this.trial = new SearchTrial(index::newSearcher, set);
  }

  @Override
  public String name() {
    return index.name();
  }

  @Override
  public String description() {
    return index.description();
  }

  @Override
  public int buildThreadsMost() {
    return index.buildThreadsMost();
  }

  @Override
  public BuildFigures build(GraphParameters parameters, int threads) {
    long cpu = processCpuNanos();
    long start = System.nanoTime();
    index.build(set.base(), parameters, threads);
    double wallSeconds = (System.nanoTime() - start) / NANOS;
    return new BuildFigures(set.count(), wallSeconds, (processCpuNanos() - cpu) / NANOS);
  }

  private static long processCpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  @Override
  public double bytesPerVector() {
    return index.bytes() / (double) set.count();
  }

  @Override
  public double recall(int ef) {
    return trial.recall(ef);
  }

  @Override
  public Rate measure(int ef, int threads, Duration atLeast) {
    return trial.measure(ef, threads, atLeast);
  }

  @Override
  public void close() {
    index.close();
  }
}
