package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.Refusal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stores, changes and forgets memories of its own through one member, one after the other, and
 * knows what was acknowledged. Of a memory with a write whose outcome is unknown it says no more.
 */
final class SplitWriter {
  private static final int IDS = 400;

  /** Between two writes: what the test waits for needs a processor too. */
  private static final long THINKING_NANOS = 5_000_000;

  /** As of a client that heeds what it is told when it is refused. */
  private static final long PAUSE_NANOS = 20_000_000;

  private final Grid grid;
  private final Namespace namespace;
  private final int number;
  private final SplittableRandom random;
  private final Map<String, Optional<String>> stands = new HashMap<>();
  private final Set<String> doubtful = new HashSet<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile @Nullable CompletableFuture<Void> work;
  private volatile boolean stopped;

  SplitWriter(Grid grid, Namespace namespace, int number, SplittableRandom random) {
    this.grid = grid;
    this.namespace = namespace;
    this.number = number;
    this.random = random;
  }

  void start() {
    work = CompletableFuture.runAsync(this::work, task -> Thread.ofPlatform().start(task));
  }

  /** Fails if a write failed for another reason than a member's loss. */
  void stop() {
    stopped = true;
    CompletableFuture<Void> begun = work;
    if (begun != null) {
      begun.join();
    }
  }

  /** Writes that were acknowledged so far. */
  long acknowledged() {
    return acknowledged.get();
  }

  private void work() {
    for (int i = 0; !stopped; i++) {
      LockSupport.parkNanos(THINKING_NANOS);
      String id = "w" + number + "-" + random.nextInt(IDS);
      if (doubtful.contains(id)) {
        continue;
      }
      boolean forgets = random.nextInt(4) == 0;
      String content = "content " + i;
      try {
        if (forgets) {
          join(grid.memories().forget(namespace, List.of(id), Precondition.NONE));
          stands.put(id, Optional.empty());
        } else {
          store(grid, namespace, write(id, content, vector(random)));
          stands.put(id, Optional.of(content));
        }
        acknowledged.incrementAndGet();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof Refusal.Unavailable refusal)) {
          throw e;
        }
        if (refusal.outcomeUnknown()) {
          // It may even be made after a later one.
          stands.remove(id);
          doubtful.add(id);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Only after it was stopped. */
  void assertAcknowledgedStands(Grid through, String seed) {
    stands.forEach((id, content) ->
        assertThat(join(through.memories().get(namespace, id)).map(Memory::content))
            .as("%s, %s", id, seed)
            .isEqualTo(content));
  }
}
