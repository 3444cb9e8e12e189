package io.mnemogrid.node.grid;

import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.RequestMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A write on its way to the parts of a namespace that hold its memories.
 *
 * <p>Of a marked write, the part that knows the mark comes first, and the others once it has said
 * that the mark is not on another write. So nothing of a write whose mark was used before is made,
 * and one that was broken off between its parts is completed when it is sent again.
 */
final class SplitWrite {
  private final Namespace namespace;
  private final List<MemoryWrite> writes;
  private final WriteGuard guard;
  private final Map<Integer, List<Integer>> placesByShard = new LinkedHashMap<>();
  private final List<Optional<Memory>> results = new ArrayList<>();
  private @Nullable Integer embeddingMs;

  /** Writes to one part of a namespace. */
  interface Part {
    CompletionStage<WriteAnswer> write(int shard, List<MemoryWrite> writes);
  }

  SplitWrite(Namespace namespace, List<MemoryWrite> writes, WriteGuard guard) {
    this.namespace = namespace;
    this.writes = writes;
    this.guard = guard;
    RequestMark mark = guard.mark();
    if (mark != null) {
      placesByShard.put(mark.shardIn(namespace), new ArrayList<>());
    }
    for (int i = 0; i < writes.size(); i++) {
      placesByShard
          .computeIfAbsent(namespace.shardOf(writes.get(i).id()), shard -> new ArrayList<>())
          .add(i);
      results.add(Optional.empty());
    }
  }

  /** Writes all parts; fails as they do, but never as if nothing was written when some was. */
  CompletionStage<MemoryGrid.Stored> through(Part part) {
    List<Map.Entry<Integer, List<Integer>>> parts = List.copyOf(placesByShard.entrySet());
    if (guard.mark() == null || parts.size() == 1) {
      return all(parts, false, part);
    }
    Map.Entry<Integer, List<Integer>> first = parts.getFirst();
    return all(List.of(first), false, part)
        .thenCompose(_ -> all(parts.subList(1, parts.size()), !first.getValue().isEmpty(), part));
  }

  private CompletionStage<MemoryGrid.Stored> all(
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

  private synchronized MemoryGrid.Stored stored() {
    return new MemoryGrid.Stored(results, embeddingMs == null ? guard.embeddingMs() : embeddingMs);
  }

  private synchronized void note(List<Integer> places, WriteAnswer answer) {
    for (int i = 0; i < places.size(); i++) {
      @Nullable StoredRecord stored = writtenBy(writes.get(places.get(i)), answer.records().get(i));
      results.set(
          places.get(i), Optional.ofNullable(stored).map(record -> record.toMemory(namespace)));
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
