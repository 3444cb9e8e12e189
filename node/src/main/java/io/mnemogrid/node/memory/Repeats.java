package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds what a store would only repeat. A memory is a repeat when nothing in it is new: the same
 * statement (with the same numbers, names and negations, in the same order), of the same type and
 * session, with the same tags, metadata and times. Whatever differs is stored.
 */
final class Repeats {
  private final MemoryGrid grid;

  Repeats(MemoryGrid grid) {
    this.grid = grid;
  }

  /**
   * For each new memory the present one that it repeats, if there is one and the namespace folds
   * repeats. A memory with an id of the client's own is never one: its id says what is meant.
   *
   * @param vectors one a memory
   */
  CompletionStage<List<Optional<Memory>>> find(
      Namespace namespace, List<NewMemory> memories, List<float[]> vectors) {
    CompletionStage<List<Optional<Memory>>> all =
        CompletableFuture.completedStage(new ArrayList<>());
    for (int i = 0; i < memories.size(); i++) {
      NewMemory memory = memories.get(i);
      float[] vector = vectors.get(i);
      boolean asked = namespace.deduplication().onStore() && memory.id() == null;
      all =
          all.thenCompose(before -> {
            CompletionStage<Optional<Memory>> one =
                asked
                    ? present(namespace, memory, vector)
                    : CompletableFuture.completedStage(Optional.empty());
            return one.thenApply(found -> {
              before.add(found);
              return before;
            });
          });
    }
    return all;
  }

  private CompletionStage<Optional<Memory>> present(
      Namespace namespace, NewMemory memory, float[] vector) {
    // Of other measures no threshold is known; that the words are the same then has to do.
    float least =
        namespace.distance() == Namespace.Distance.COSINE
            ? namespace.deduplication().threshold()
            : Float.NEGATIVE_INFINITY;
    return grid.saying(namespace, memory.content(), vector, least)
        .thenApply(
            same -> same.stream().filter(present -> addsNothing(memory, present)).findFirst());
  }

  /** The first of the memories that the {@code i}-th only repeats, perhaps itself. */
  static int firstAlike(List<NewMemory> memories, int i) {
    NewMemory memory = memories.get(i);
    for (int j = 0; j < i; j++) {
      if (memories.get(j).id() == null && memory.id() == null && isAlike(memories.get(j), memory)) {
        return j;
      }
    }
    return i;
  }

  private static boolean isAlike(NewMemory one, NewMemory other) {
    return one.content().equals(other.content())
        && one.type() == other.type()
        && one.tags().equals(other.tags())
        && Objects.equals(one.metadata(), other.metadata())
        && Objects.equals(one.sessionId(), other.sessionId())
        && Objects.equals(one.expiresAt(), other.expiresAt())
        && Objects.equals(one.validFrom(), other.validFrom())
        && one.importance() == other.importance();
  }

  private static boolean addsNothing(NewMemory memory, Memory present) {
    return memory.type() == present.type()
        && memory.tags().equals(present.tags())
        && Objects.equals(memory.metadata(), present.metadata())
        && Objects.equals(memory.sessionId(), present.sessionId())
        && Objects.equals(memory.expiresAt(), present.expiresAt())
        && Objects.equals(memory.validFrom(), present.validFrom())
        && memory.importance() == present.importance();
  }
}
