package io.mnemogrid.node.grid.shard;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * A part of a search that another thread does, if one has nothing to do; else whoever asks for it
 * does it. It may use what the search has open, so it is over once this is closed.
 *
 * @param <T> what comes of it
 */
final class Aside<T> implements AutoCloseable {
  private final FutureTask<T> task;

  private Aside(Callable<T> part) {
    this.task = new FutureTask<>(part);
  }

  /**
   * @param idle runs what it is given if it has a thread for it, and else never
   */
  static <T> Aside<T> begin(Callable<T> part, Executor idle) {
    Aside<T> begun = new Aside<>(part);
    idle.execute(begun.task);
    return begun;
  }

  /** What came of it; fails as it did. */
  T get() {
    task.run(); // nothing, where it is done or under way
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (!task.isDone()) {
      get();
    }
  }
}
