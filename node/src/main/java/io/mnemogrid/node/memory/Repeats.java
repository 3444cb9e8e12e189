package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a store would only repeat. A memory is a repeat when nothing in it is new: the same
 * statement (with the same numbers, names and negations, in the same order), of the same type and
 * session, with the same tags, metadata and times. Whatever differs is stored; and so is a memory
 * with an id of the client's own, which says what is meant.
 */
final class Repeats {
  private final MemoryGrid grid;

  Repeats(MemoryGrid grid) {
    this.grid = grid;
  }

  /** All that a memory says beside its content. */
  private record Beside(
      MemoryType type,
      float importance,
      List<String> tags,
      @Nullable String metadata,
      @Nullable String sessionId,
      @Nullable Long expiresAt,
      @Nullable Long validFrom) {
    static Beside of(NewMemory memory) {
      return new Beside(
          memory.type(),
          memory.importance(),
          memory.tags(),
          memory.metadata(),
          memory.sessionId(),
          memory.expiresAt(),
          memory.validFrom());
    }

    static Beside of(Memory memory) {
      return new Beside(
          memory.type(),
          memory.importance(),
          memory.tags(),
          memory.metadata(),
          memory.sessionId(),
          memory.expiresAt(),
          memory.validFrom());
    }
  }

  private record Whole(String content, Beside beside) {}

  /**
   * For each new memory the present one that it repeats, if there is one and the namespace folds
   * repeats.
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
        .thenApply(same ->
            same.stream()
                .filter(present -> Beside.of(present).equals(Beside.of(memory)))
                .findFirst());
  }

  /** For each memory the place of the first in the list that is the same in all, often its own. */
  static int[] firstAlike(List<NewMemory> memories) {
    int[] first = new int[memories.size()];
    Map<Whole, Integer> places = new HashMap<>();
    for (int i = 0; i < first.length; i++) {
      NewMemory memory = memories.get(i);
      Whole whole = new Whole(memory.content(), Beside.of(memory));
      Integer before = memory.id() == null ? places.putIfAbsent(whole, i) : null;
      first[i] = before == null ? i : before;
    }
    return first;
  }
}
