package io.mnemogrid.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Clients that work on one list of tasks at the same time. */
final class Crew {
  private Crew() {}

  /**
   * Does the tasks {@code 0..tasks-1}, each once, by so many clients; answers how long it took. The
   * first failure is thrown when all clients have ended.
   */
  static double seconds(int clients, int tasks, IntConsumer task) {
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
    CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).join();
    return (System.nanoTime() - start) / 1e9;
  }
}
