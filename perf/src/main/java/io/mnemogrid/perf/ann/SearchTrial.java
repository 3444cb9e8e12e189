package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.ann.JvmIndex.Searcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has something inside this JVM answer the queries of a set.
 *
 * <p>The processor time is the querying threads' own, without the collector's and the compiler's.
 */
final class SearchTrial implements AnnSearch {
  private final Supplier<Searcher> searchers;
  private final VectorSet set;

  /**
   * Asks the queries of {@code set}.
   *
   * @param searchers one a thread; they find vectors of the set, by its numbers
   */
  SearchTrial(Supplier<Searcher> searchers, VectorSet set) {
    this.searchers = searchers;
    this.set = set;
  }

  @Override
  public double recall(int ef) {
    Searcher searcher = searchers.get();
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
              sum.operations() + rate.operations(),
              Math.max(sum.wallSeconds(), rate.wallSeconds()),
              sum.cpuSeconds() + rate.cpuSeconds());
    }
    return sum;
  }

  private Rate ask(int ef, int first, Duration atLeast, CyclicBarrier start) throws Exception {
    Searcher searcher = searchers.get();
    float[][] queries = set.queries();
    int[] found = new int[Truth.K];
    start.await(1, TimeUnit.MINUTES);
    Stopwatch watch = Stopwatch.start();
    long end = System.nanoTime() + atLeast.toNanos();
    long done = 0;
    int next = first;
    while (System.nanoTime() < end) {
      searcher.search(queries[next], ef, found);
      next = next + 1 == queries.length ? 0 : next + 1;
      done++;
    }
    return watch.stop(done);
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
}
