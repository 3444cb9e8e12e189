package io.mnemogrid.node.grid.thread;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform threads on which a member reads its shards, with a bounded queue: a search on a
 * partition's thread would hold up every write behind it.
 */
public final class SearchPool implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SearchPool.class);
  private static final long CLOSE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  public SearchPool(int size, int queue) {
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().name("mnemogrid-search-", 0).daemon().factory());
  }

  /**
   * @throws java.util.concurrent.RejectedExecutionException when the queue is full
   */
  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Runs the task if a thread has nothing to do, and else never. */
  public void executeIfIdle(Runnable task) {
    if (threads.getActiveCount() < threads.getCorePoolSize()) {
      try {
        threads.execute(task);
      } catch (RejectedExecutionException e) {
        log.debug("the pool has filled up or ended meanwhile", e);
      }
    }
  }

  /** Waits for reads under way: the memory they look at goes next. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a read did not end within {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
