package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Attributes;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Namespace;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a store would only repeat. A memory is a repeat when nothing in it is new: the same
 * statement (with the same numbers, names and negations, in the same order), of the same type and
 * session, with the same tags and metadata in whatever order, the same time, an end if the other
 * has one, and the present importance if it names one: a vote moves that, which makes nothing new
 * of a store that names none. Whatever differs is stored; and so is a memory with an id of the
 * client's own, which says what is meant.
 */
final class Repeats {
  /** A text is not quite like itself where a vector's numbers have 8 bits. */
  private static final float ROUNDING = 0.005f;

  /** If there are several, the one that was written last, as if the others were not there. */
  private static final Comparator<Memory> LATEST =
      Comparator.comparingLong(Memory::updatedAt)
          .thenComparingLong(Memory::createdAt)
          .thenComparing(Memory::id);

  private final MemoryGrid grid;
  private final Namespace namespace;

  Repeats(MemoryGrid grid, Namespace namespace) {
    this.grid = grid;
    this.namespace = namespace;
  }

  /** All that a memory says beside its content, but for its importance. */
  private record Beside(
      MemoryType type,
      Set<String> tags,
      @Nullable String metadata,
      @Nullable String sessionId,
      boolean ends,
      @Nullable Long validFrom) {
    static Beside of(Attributes memory) {
      return new Beside(
          memory.type(),
          Set.copyOf(memory.tags()),
          ordered(memory.metadata()),
          memory.sessionId(),
          memory.expiresAt() != null,
          memory.validFrom());
    }

    private static @Nullable String ordered(@Nullable String metadata) {
      return metadata == null ? null : OrderedJson.of(metadata);
    }
  }

  /**
   * All of a memory.
   *
   * @param vector the client's own
   */
  private record Whole(
      String content, Beside beside, float importance, @Nullable FloatBuffer vector) {
    static Whole of(NewMemory memory) {
      float[] own = memory.embedding();
      return new Whole(
          memory.content(),
          Beside.of(memory),
          memory.initialImportance(),
          own == null ? null : FloatBuffer.wrap(own));
    }
  }

  /** The present memory that this one repeats. */
  CompletionStage<Optional<Memory>> find(NewMemory memory, float[] vector) {
    if (memory.id() != null) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    // Of other measures no threshold is known; that the words are the same then has to do.
    float least =
        namespace.distance() == Namespace.Distance.COSINE
            ? namespace.deduplication().threshold() - ROUNDING
            : Float.NEGATIVE_INFINITY;
    Beside beside = Beside.of(memory);
    return grid.saying(
            namespace, new MemoryGrid.Saying(memory.content(), vector, least, filter(memory)))
        .thenApply(same ->
            same.stream()
                .filter(present -> Beside.of(present).equals(beside))
                .filter(present -> asImportant(memory, present))
                .max(LATEST));
  }

  private static boolean asImportant(NewMemory memory, Memory present) {
    Float named = memory.importance();
    return named == null || Float.compare(named, present.importance()) == 0;
  }

  /** What of all that is beside can be asked where the memories are. */
  private static MemoryFilter filter(NewMemory memory) {
    FieldValue session =
        memory.sessionId() == null
            ? new FieldValue.Null()
            : new FieldValue.Text(memory.sessionId());
    return new MemoryFilter(memory.type(), null, null, memory.tags(), null, null, null)
        .where(new Condition.On(MemoryField.Own.SESSION_ID, new FieldTest.Equals(session)));
  }

  /** Places of memories that are the same in all, in the order of the first of each. */
  static List<List<Integer>> alike(List<NewMemory> memories) {
    Map<Object, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < memories.size(); i++) {
      NewMemory memory = memories.get(i);
      Object key = memory.id() == null ? Whole.of(memory) : Integer.valueOf(i);
      places.computeIfAbsent(key, whole -> new ArrayList<>()).add(i);
    }
    return List.copyOf(places.values());
  }

  /** The later of two ends, so that nobody's memory is gone before its time. */
  static @Nullable Long latestEnd(Collection<@Nullable Long> ends) {
    Long latest = null;
    for (Long end : ends) {
      latest = latest == null || (end != null && end > latest) ? end : latest;
    }
    return latest;
  }
}
