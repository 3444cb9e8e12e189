package io.mnemogrid.node.grid;

import io.mnemogrid.node.grid.growth.CopyOperation;
import io.mnemogrid.node.grid.growth.SplitKey;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.Placement;
import io.mnemogrid.node.grid.member.Transitions;
import io.mnemogrid.node.grid.read.PageOperation;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.Copied;
import io.mnemogrid.node.grid.shard.KeptRecord;
import io.mnemogrid.node.grid.shard.MemoryRecord;
import io.mnemogrid.node.grid.shard.ShardPage;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.thread.Retry;
import io.mnemogrid.node.grid.wire.PageAnswer;
import io.mnemogrid.node.memory.MemoryCopies;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Copies of whole namespaces, through the member of this process. */
final class HazelcastCopies implements MemoryCopies {
  /** Longer than a member's loss and what follows it; the indexer's arrears too. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final GridService service;
  private final Placement placement;
  private final Retry retry;

  HazelcastCopies(GridService service, Retry retry) {
    this.service = service;
    this.placement = new Placement(service.partitionCount());
    this.retry = retry;
  }

  @Override
  public CompletionStage<Page> after(Namespace namespace, int part, Mark mark) {
    ShardSpec from = ShardSpec.of(namespace, part);
    long since = mark.equals(Mark.START) ? service.unixSeconds() : mark.since();
    Duration retention = service.settings().tombstoneRetention();
    if (service.unixSeconds() - since >= retention.toSeconds()) {
      throw new Refusal.Conflict(
          "copying '%s' took longer than deletions are remembered (cluster.tombstoneRetention, %s); raise that"
              .formatted(namespace.name(), retention));
    }
    return retry.until(
        PATIENCE,
        () -> {
          requireSameSpace(namespace);
          return Transitions.<PageAnswer>invoke(
                  service,
                  new PageOperation(from, mark.upTo(), mark.begun()),
                  placement.partition(from))
              .thenApply(answer ->
                  Optional.ofNullable(answer.page())
                      .map(page -> page(page, since, answer.isComplete())));
        },
        () ->
            new Refusal.Unavailable(
                "the owner of a part of '%s' did not answer; nothing of it is kept"
                    .formatted(namespace.name()),
                Duration.ofSeconds(1)));
  }

  private void requireSameSpace(Namespace namespace) {
    Namespace now = known(namespace);
    if (now.space().generation() != namespace.space().generation()) {
      throw new Refusal.Conflict(
          "namespace '%s' was moved to other shards or another model meanwhile"
              .formatted(namespace.name()));
    }
  }

  private Namespace known(Namespace namespace) {
    Namespace now = service.registry().namespace(namespace.uid());
    if (now == null) {
      throw new Refusal.NotFound(
          Refusal.NotFound.Kind.NAMESPACE,
          namespace.name(),
          "the namespace '%s' was deleted meanwhile".formatted(namespace.name()));
    }
    return now;
  }

  private static Page page(ShardPage page, long since, boolean complete) {
    List<Copy> copies =
        page.copies().stream()
            .map(copied ->
                new Copy(
                    copied.change().record().bytes(),
                    copied.change().vector(),
                    copied.accessCount(),
                    copied.lastAccessedAt()))
            .toList();
    return new Page(
        copies, new Mark(page.upTo(), page.begun(), since), page.more(), page.memories(), complete);
  }

  @Override
  public CompletionStage<Integer> put(Namespace namespace, List<Copy> copies) {
    // One of each id: an operation that is sent again must not bring an older one over a newer.
    Map<String, Copied> newest = new LinkedHashMap<>();
    for (Copy copy : copies) {
      MemoryRecord record = KeptRecord.restored(new MemoryRecord(copy.record()));
      newest.put(
          record.id(),
          new Copied(new Change(record, copy.vector()), copy.accessCount(), copy.lastAccessedAt()));
    }
    Map<Integer, List<Copied>> ofShards =
        newest.values().stream()
            .collect(Collectors.groupingBy(copied -> namespace.shardOf(copied.id())));
    List<CompletableFuture<Integer>> under = new ArrayList<>();
    ofShards.forEach((shard, some) ->
        under.add(put(namespace, ShardSpec.of(namespace, shard), some).toCompletableFuture()));
    return CompletableFuture.allOf(under.toArray(CompletableFuture[]::new))
        .thenApply(_ -> newest.size());
  }

  private CompletionStage<Integer> put(Namespace namespace, ShardSpec into, List<Copied> copies) {
    CopyOperation.Load load = CopyOperation.Load.of(copies);
    return retry.until(
        PATIENCE,
        () ->
            Transitions.<Integer>invoke(
                    service,
                    new CopyOperation(SplitKey.of(known(namespace)), into, load),
                    placement.partition(into))
                .thenApply(HazelcastCopies::done),
        () ->
            new Refusal.Unavailable(
                "the owner of a part of '%s' did not take memories; fewer replicas may be alive than a write needs (cluster.minReplicas)"
                    .formatted(namespace.name()),
                Duration.ofSeconds(1)));
  }

  private static Optional<Integer> done(int answer) {
    if (answer == CopyOperation.NO_ROOM) {
      throw new Refusal.QuotaExceeded(
          "a node has no memory left for vectors; raise index.offHeapBytes there");
    }
    return answer == CopyOperation.DONE ? Optional.of(answer) : Optional.empty();
  }

  @Override
  public void check(Copy copy, int dimension) {
    MemoryRecord record = KeptRecord.read(copy.record());
    float[] vector = copy.vector();
    if (record.isTombstone()) {
      return;
    }
    if (vector == null || vector.length != dimension) {
      throw new IllegalArgumentException(
          "the vector of '%s' has %d dimensions, not %d"
              .formatted(record.id(), vector == null ? 0 : vector.length, dimension));
    }
    for (float number : vector) {
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException(
            "the vector of '%s' has a number that is none".formatted(record.id()));
      }
    }
  }
}
