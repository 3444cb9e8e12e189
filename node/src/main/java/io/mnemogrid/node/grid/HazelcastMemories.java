package io.mnemogrid.node.grid;

import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryId;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The memories of the cluster, through the member of this process. */
final class HazelcastMemories implements MemoryGrid {
  private final NodeEngine engine;
  private final RegistryReplica registry;
  private final Placement placement;
  private final Retry retry;
  private final FanOut fanOut;
  private final Recall recall;
  private final Duration writeTimeout;

  HazelcastMemories(
      NodeEngine engine, GridService service, Retry retry, FanOut fanOut, Recall recall) {
    this.engine = engine;
    this.registry = service.registry();
    this.placement = new Placement(engine.getPartitionService().getPartitionCount());
    this.retry = retry;
    this.fanOut = fanOut;
    this.recall = recall;
    this.writeTimeout = service.settings().writeTimeout();
  }

  @Override
  public CompletionStage<List<Optional<Memory>>> write(
      Namespace namespace, List<MemoryWrite> writes) {
    Map<Integer, List<Integer>> byShard = new HashMap<>();
    for (int i = 0; i < writes.size(); i++) {
      byShard
          .computeIfAbsent(namespace.shardOf(writes.get(i).id()), shard -> new ArrayList<>())
          .add(i);
    }
    List<Optional<Memory>> results = new ArrayList<>();
    writes.forEach(write -> results.add(Optional.empty()));
    List<CompletableFuture<Void>> parts = new ArrayList<>();
    byShard.forEach((shard, places) -> {
      ShardSpec spec = ShardSpec.of(namespace, shard);
      List<MemoryWrite> ofShard = places.stream().map(writes::get).toList();
      long token = token();
      parts.add(
          change(namespace, spec, () -> new WriteOperation(spec, token, ofShard))
              .thenAccept(answer -> {
                synchronized (results) {
                  for (int i = 0; i < places.size(); i++) {
                    results.set(places.get(i), memory(namespace, answer.records().get(i)));
                  }
                }
              })
              .toCompletableFuture());
    });
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(done -> results);
  }

  @Override
  public CompletionStage<Integer> forget(Namespace namespace, List<String> ids) {
    return forget(namespace, ids, MemoryFilter.ALL);
  }

  @Override
  public CompletionStage<Integer> forget(Namespace namespace, MemoryFilter filter) {
    return select(namespace, filter, Integer.MAX_VALUE)
        .thenCompose(selection ->
            forget(namespace, selection.memories().stream().map(Memory::id).toList(), filter));
  }

  private CompletionStage<Integer> forget(
      Namespace namespace, List<String> ids, MemoryFilter filter) {
    Map<Integer, List<String>> byShard = new HashMap<>();
    for (String id : ids) {
      byShard.computeIfAbsent(namespace.shardOf(id), shard -> new ArrayList<>()).add(id);
    }
    CompletionStage<Integer> total = CompletableFuture.completedStage(0);
    for (Map.Entry<Integer, List<String>> ofShard : byShard.entrySet()) {
      ShardSpec spec = ShardSpec.of(namespace, ofShard.getKey());
      long token = token();
      total =
          total.thenCombine(
              change(
                  namespace,
                  spec,
                  () -> new ForgetOperation(spec, token, ofShard.getValue(), filter)),
              (sum, answer) -> sum + answer.records().size());
    }
    return total;
  }

  @Override
  public CompletionStage<Optional<Memory>> get(Namespace namespace, String id) {
    return fanOut
        .gatherAll(
            new ShardRead.Fetch(List.of(id)),
            List.of(placement.target(ShardSpec.of(namespace, namespace.shardOf(id)))))
        .thenApply(answer ->
            answer.records().stream().findFirst().map(stored -> stored.toMemory(namespace)));
  }

  @Override
  public CompletionStage<Selection> select(Namespace namespace, MemoryFilter filter, int limit) {
    return fanOut
        .gatherAll(new ShardRead.Select(filter, limit), placement.targets(namespace))
        .thenApply(answer ->
            new Selection(
                answer.newestFirst(limit).stream()
                    .map(stored -> stored.toMemory(namespace))
                    .toList(),
                answer.considered(),
                answer.total()));
  }

  @Override
  public CompletionStage<Recalled> recall(RecallQuery query) {
    return recall.recall(query, placement);
  }

  @Override
  public CompletionStage<Long> count(Namespace namespace) {
    return fanOut
        .gatherAll(new ShardRead.Count(), placement.targets(namespace))
        .thenApply(answer -> (long) answer.total());
  }

  @Override
  public CompletionStage<List<String>> locate(String id) {
    OptionalLong uid = MemoryId.namespaceUid(id);
    Namespace named = uid.isPresent() ? registry.namespace(uid.getAsLong()) : null;
    if (named != null) {
      return get(named, id)
          .thenCompose(found ->
              found.isPresent()
                  ? CompletableFuture.completedStage(List.of(named.name()))
                  : search(id));
    }
    return search(id);
  }

  /** A client's own id, or one that was copied into another namespace: every shard is asked. */
  private CompletionStage<List<String>> search(String id) {
    List<ReadTarget> everywhere =
        IntStream.range(0, engine.getPartitionService().getPartitionCount())
            .mapToObj(partition -> new ReadTarget(partition, ReadTarget.EVERY_SHARD))
            .toList();
    return fanOut
        .gatherAll(new ShardRead.Locate(id), everywhere)
        .thenApply(answer ->
            answer.namespaceUids().stream()
                .map(registry::namespace)
                .flatMap(namespace -> Optional.ofNullable(namespace).stream())
                .map(Namespace::name)
                .distinct()
                .toList());
  }

  private CompletionStage<WriteAnswer> change(
      Namespace namespace, ShardSpec spec, Supplier<OwnerOperation> operation) {
    WriteProgress progress = new WriteProgress();
    return retry.until(
        writeTimeout,
        () ->
            engine
                .getOperationService()
                .createInvocationBuilder(
                    GridService.NAME, operation.get(), placement.partition(spec))
                .setCallTimeout(writeTimeout.toMillis())
                .setFailOnIndeterminateOperationState(true)
                .<WriteAnswer>invoke()
                .handle((answer, failure) -> progress.note(namespace, answer, failure))
                .thenCompose(Function.identity()),
        progress::late);
  }

  /** What the attempts of one write met, to tell the caller when none of them had an answer. */
  private final class WriteProgress {
    private WriteAnswer.@Nullable Status lastRefusal;
    private boolean outcomeUnknown;

    synchronized CompletionStage<Optional<WriteAnswer>> note(
        Namespace namespace, @Nullable WriteAnswer answer, @Nullable Throwable failure) {
      if (failure != null || answer == null) {
        outcomeUnknown = true;
        return CompletableFuture.failedStage(
            failure == null ? new IllegalStateException("an owner answered nothing") : failure);
      }
      if (answer.status() == WriteAnswer.Status.DONE) {
        return CompletableFuture.completedStage(Optional.of(answer));
      }
      if (answer.status() == WriteAnswer.Status.OUT_OF_MEMORY) {
        throw new Refusal.QuotaExceeded(
            "the node that holds this has no memory left for vectors; forget some or raise index.memory");
      }
      boolean deletedMeanwhile = registry.namespace(namespace.uid()) == null;
      if (answer.status() == WriteAnswer.Status.NAMESPACE_UNKNOWN && deletedMeanwhile) {
        throw new Refusal.NotFound(
            Refusal.NotFound.Kind.NAMESPACE,
            namespace.name(),
            "the namespace '%s' was deleted".formatted(namespace.name()));
      }
      lastRefusal = answer.status();
      return CompletableFuture.completedStage(Optional.empty());
    }

    synchronized Refusal late() {
      Duration soon = Duration.ofSeconds(1);
      if (outcomeUnknown) {
        return new Refusal.Unavailable(
            "the write was not confirmed by all its replicas in time; it may have been made: send it again with the same id",
            soon,
            true);
      }
      if (lastRefusal == WriteAnswer.Status.BEHIND) {
        return new Refusal.Busy("the namespace is being indexed more slowly than written", soon);
      }
      return new Refusal.Unavailable(
          lastRefusal == WriteAnswer.Status.TOO_FEW_REPLICAS
              ? "fewer replicas are alive than a write needs (cluster.min-replicas); nothing was written"
              : "the owner of the data did not take the write in time; nothing was written",
          soon);
    }
  }

  private static Optional<Memory> memory(Namespace namespace, @Nullable StoredRecord stored) {
    return Optional.ofNullable(stored).map(record -> record.toMemory(namespace));
  }

  private static long token() {
    long token = ThreadLocalRandom.current().nextLong();
    return token == ApplyOperation.NO_TOKEN ? 1 : token;
  }
}
