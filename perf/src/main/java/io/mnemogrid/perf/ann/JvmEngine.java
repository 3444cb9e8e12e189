package io.mnemogrid.perf.ann;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Measures an index inside this JVM.
 *
 * <p>The processor time of a build is the whole process's, with the collector's and the compiler's;
 * that of queries is the querying threads' own.
 */
final class JvmEngine implements AnnEngine {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOS = 1e9;

  private final JvmIndex index;
  private final VectorSet set;

  JvmEngine(JvmIndex index, VectorSet set) {
    this.index = index;
    this.set = set;
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
    JvmIndex.Searcher searcher = index.newSearcher();
    int[] found = new int[Truth.K];
    long hits = 0;
    for (int i = 0; i < set.queries().length; i++) {
      int count = searcher.search(set.queries()[i], ef, found);
      hits += set.truth().hits(set, i, found, count);
    }
    return hits / (double) (set.queries().length * Truth.K);
  }

  @Override
  public Rate measure(int ef, int threads, Duration atLeast) {
    List<Future<Rate>> running = new ArrayList<>();
    var start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        int first = set.queries().length / threads * i;
        running.add(pool.submit(() -> ask(ef, first, atLeast, start)));
      }
    }
    Rate sum = new Rate(0, 0, 0);
    for (Future<Rate> one : running) {
      Rate rate = resultOf(one);
      sum =
          new Rate(
              sum.queries() + rate.queries(),
              Math.max(sum.wallSeconds(), rate.wallSeconds()),
              sum.cpuSeconds() + rate.cpuSeconds());
    }
    return sum;
  }

  private Rate ask(int ef, int first, Duration atLeast, CyclicBarrier start) throws Exception {
    JvmIndex.Searcher searcher = index.newSearcher();
    float[][] queries = set.queries();
    int[] found = new int[Truth.K];
    start.await(1, TimeUnit.MINUTES);
    long cpu = THREADS.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    long end = begin + atLeast.toNanos();
    long done = 0;
    int next = first;
    while (System.nanoTime() < end) {
      searcher.search(queries[next], ef, found);
      next = next + 1 == queries.length ? 0 : next + 1;
      done++;
    }
    double wallSeconds = (System.nanoTime() - begin) / NANOS;
    return new Rate(done, wallSeconds, (THREADS.getCurrentThreadCpuTime() - cpu) / NANOS);
  }

  private static <T> T resultOf(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a search failed", e.getCause());
    }
  }

  @Override
  public void close() {
    index.close();
  }
}
