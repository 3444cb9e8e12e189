package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.recall;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.testing.PatientWaits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * Stores, replaces and forgets at random, and what was answered last of each id: a vector, or none
 * when it was forgotten.
 */
final class AnsweredChanges {
  private final Map<String, Optional<float[]>> byId = new TreeMap<>();

  private int next;

  void change(Grid grid, Namespace namespace, SplittableRandom random) {
    boolean isNew = byId.isEmpty() || random.nextInt(3) > 0;
    List<String> ids = List.copyOf(byId.keySet());
    String id = isNew ? "m" + next++ : ids.get(random.nextInt(ids.size()));
    byId.remove(id); // not known, until it is answered
    try {
      if (!isNew && random.nextInt(3) == 0) {
        join(grid.memories().forget(namespace, List.of(id)));
        byId.put(id, Optional.empty());
      } else {
        float[] vector = vector(random);
        store(grid, namespace, write(id, "content of " + id, vector));
        byId.put(id, Optional.of(vector));
      }
    } catch (CompletionException e) {
      // A member stopped: whether it was done is not known.
    }
  }

  void changeUntil(BooleanSupplier done, Grid grid, Namespace namespace, SplittableRandom random) {
    long endNanos = System.nanoTime() + PatientWaits.HANG.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime() - endNanos).as("hangs").isNegative();
      change(grid, namespace, random);
    }
  }

  void compare(Grid grid, Namespace namespace, long seed) {
    byId.forEach((id, vector) -> {
      assertThat(join(grid.memories().get(namespace, id)).isPresent())
          .as("%s, seed %d", id, seed)
          .isEqualTo(vector.isPresent());
      vector.ifPresent(stored ->
          assertThat(recall(grid, namespace, stored, 1).hits())
              .as("%s, seed %d", id, seed)
              .first()
              .extracting(hit -> hit.memory().id())
              .isEqualTo(id));
    });
  }

  /** Ids of which it is known what became of them. */
  int size() {
    return byId.size();
  }
}
