package io.mnemogrid.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Clients that work on one list of tasks at the same time. */
public final class Crew {
  private Crew() {}

  /**
   * Does the tasks {@code 0..tasks-1}, each once, by so many clients; answers how long it took. A
   * client that fails ends, and its failure is thrown when all clients have ended.
   */
  public static double seconds(int clients, int tasks, IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    List<CompletableFuture<Void>> running = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int j = next.getAndIncrement(); j < tasks; j = next.getAndIncrement()) {
                    task.accept(j);
                  }
                },
                threads));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    running.forEach(Crew::throwFailure);
    return seconds;
  }

  private static void throwFailure(CompletableFuture<Void> client) {
    if (client.isCompletedExceptionally()) {
      throw client.exceptionNow() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("a client failed", client.exceptionNow());
    }
  }
}
