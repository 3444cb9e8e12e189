package io.mnemogrid.node.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets work on one key begin when all earlier work on it has ended, however that ended. Nobody's
 * thread waits: the work is begun by whoever ends what was before it.
 *
 * <p>Work on several keys takes its place at all of them at once; else two pieces of work could
 * each be behind the other. Keys that nobody works on cost nothing.
 */
final class Turns<K> {
  /** By key, the end of the last work on it. */
  private final Map<K, CompletableFuture<Void>> ends = new HashMap<>();

  <T> CompletionStage<T> inTurn(Set<K> keys, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    return queue(keys, end)
        .thenCompose(begun -> work.get())
        .whenComplete((result, failure) -> {
          leave(keys, end);
          // On a thread of its own: a long queue of work that fails at once would else be as many
          // calls in each other.
          end.completeAsync(() -> null);
        });
  }

  private CompletableFuture<Void> queue(Set<K> keys, CompletableFuture<Void> end) {
    synchronized (ends) {
      return CompletableFuture.allOf(
          keys.stream()
              .map(key -> ends.put(key, end))
              .filter(Objects::nonNull)
              .toArray(CompletableFuture[]::new));
    }
  }

  private void leave(Set<K> keys, CompletableFuture<Void> end) {
    synchronized (ends) {
      keys.forEach(key -> ends.remove(key, end));
    }
  }

  /** How many keys are worked on or waited for. */
  int size() {
    synchronized (ends) {
      return ends.size();
    }
  }
}
