package io.mnemogrid.node.grid;

import io.mnemogrid.node.grid.wire.StoredRecord;
import io.mnemogrid.node.grid.wire.WriteAnswer;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.RequestMark;
import io.mnemogrid.node.model.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A write, or what is left of one, on its way to the parts of a namespace that hold its memories.
 *
 * <p>Of a marked write, the part that knows the mark comes first, and the others once it has said
 * that the mark is not on another write. So nothing of a write whose mark was used before is made,
 * and one that was broken off between its parts is completed when it is sent again.
 */
final class SplitWrite {
  private final List<MemoryWrite> writes;
  private final WriteGuard guard;
  private final @Nullable Integer first;
  private final Map<Integer, List<Integer>> placesByShard = new LinkedHashMap<>();
  private final List<@Nullable StoredRecord> results = new ArrayList<>();
  private @Nullable Integer embeddingMs;

  /** Writes to one part of a namespace. */
  interface Part {
    CompletionStage<WriteAnswer> write(int shard, List<MemoryWrite> writes);
  }

  /**
   * @param first the part to write to before the others, or null
   */
  private SplitWrite(
      Space space, List<MemoryWrite> writes, WriteGuard guard, @Nullable Integer first) {
    this.writes = writes;
    this.guard = guard;
    this.first = first;
    if (first != null) {
      placesByShard.put(first, new ArrayList<>());
    }
    for (int i = 0; i < writes.size(); i++) {
      placesByShard
          .computeIfAbsent(space.shardOf(writes.get(i).id()), shard -> new ArrayList<>())
          .add(i);
      results.add(null);
    }
  }

  /** A write to all the parts it concerns. */
  static SplitWrite of(Space space, List<MemoryWrite> writes, WriteGuard guard) {
    RequestMark mark = guard.mark();
    return new SplitWrite(space, writes, guard, mark == null ? null : mark.shardIn(space));
  }

  /** What a part of a write becomes that has been split meanwhile. */
  static SplitWrite of(
      Space space, Space before, int partBefore, List<MemoryWrite> writes, WriteGuard guard) {
    RequestMark mark = guard.mark();
    return mark != null && mark.shardIn(before) == partBefore
        ? of(space, writes, guard)
        : new SplitWrite(space, writes, guard, null);
  }

  /** Writes all parts; fails as they do, but never as if nothing was written when some was. */
  CompletionStage<WriteAnswer> through(Part part) {
    List<Map.Entry<Integer, List<Integer>>> parts = List.copyOf(placesByShard.entrySet());
    if (first == null || parts.size() == 1) {
      return all(parts, false, part);
    }
    Map.Entry<Integer, List<Integer>> firstPart = parts.getFirst();
    return all(List.of(firstPart), false, part)
        .thenCompose(
            _ -> all(parts.subList(1, parts.size()), !firstPart.getValue().isEmpty(), part));
  }

  private CompletionStage<WriteAnswer> all(
      List<Map.Entry<Integer, List<Integer>>> parts, boolean someWritten, Part part) {
    List<CompletableFuture<Void>> running = new ArrayList<>(parts.size());
    for (Map.Entry<Integer, List<Integer>> each : parts) {
      List<Integer> places = each.getValue();
      running.add(
          part.write(each.getKey(), places.stream().map(writes::get).toList())
              .thenAccept(answer -> note(places, answer))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
        .thenApply(_ -> stored())
        .exceptionallyCompose(failure -> {
          boolean partly = someWritten || running.stream().anyMatch(SplitWrite::isDone);
          return CompletableFuture.failedStage(partly ? partly() : failure);
        });
  }

  private static boolean isDone(CompletableFuture<Void> part) {
    return part.isDone() && !part.isCompletedExceptionally();
  }

  private synchronized WriteAnswer stored() {
    return WriteAnswer.done(results, embeddingMs == null ? guard.embeddingMs() : embeddingMs);
  }

  private synchronized void note(List<Integer> places, WriteAnswer answer) {
    for (int i = 0; i < places.size(); i++) {
      results.set(places.get(i), writtenBy(writes.get(places.get(i)), answer.records().get(i)));
    }
    if (embeddingMs == null) {
      embeddingMs = answer.embeddingMs(); // of the part that knows the mark
    }
  }

  /** The record, unless it is what stands where the write was not to touch it. */
  private static @Nullable StoredRecord writtenBy(
      MemoryWrite write, @Nullable StoredRecord stored) {
    Long onVersion = write.onlyVersion();
    boolean other =
        onVersion != null
            && stored != null
            && (stored.record().version() != onVersion + 1
                || stored.record().updatedAtMicros() != write.writtenAtMicros());
    return other ? null : stored;
  }

  private Refusal partly() {
    return new Refusal.Unavailable(
        guard.mark() == null
            ? "some of the batch was written and some was not: send it again, with ids of your own so that none is stored twice"
            : "some of the batch was written and some was not: send it again with the same Idempotency-Key, and the rest will be",
        Duration.ofSeconds(1),
        true);
  }
}
