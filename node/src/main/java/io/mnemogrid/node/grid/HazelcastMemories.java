package io.mnemogrid.node.grid;

import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.growth.SpaceVectors;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.Majority;
import io.mnemogrid.node.grid.member.Placement;
import io.mnemogrid.node.grid.member.RegistryClient;
import io.mnemogrid.node.grid.read.FanOut;
import io.mnemogrid.node.grid.read.Recall;
import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.grid.shard.DoneWrite;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.thread.Continuations;
import io.mnemogrid.node.grid.thread.Retry;
import io.mnemogrid.node.grid.wire.ReadAnswer;
import io.mnemogrid.node.grid.wire.ReadTarget;
import io.mnemogrid.node.grid.wire.ShardRead;
import io.mnemogrid.node.grid.wire.WriteAnswer;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryId;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
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
import org.jspecify.annotations.Nullable;

/** The memories of the cluster, through the member of this process. */
final class HazelcastMemories implements MemoryGrid {
  /** So that one operation does not keep a partition's thread for long. */
  private static final int MAX_FORGOTTEN_AT_ONCE = 1_000;

  /** What was lost comes back with a node, if at all. */
  private static final Duration LOST_RETRY_AFTER = Duration.ofSeconds(30);

  private final NodeEngine engine;
  private final RegistryReplica registry;
  private final Majority majority;
  private final Placement placement;
  private final Retry retry;
  private final FanOut fanOut;
  private final Recall recall;
  private final SpaceVectors vectors;
  private final Duration writeTimeout;

  HazelcastMemories(
      GridService service, SpaceVectors vectors, Retry retry, FanOut fanOut, Recall recall) {
    this.engine = service.engine();
    this.vectors = vectors;
    this.registry = service.registry();
    this.majority = service.majority();
    this.placement = new Placement(engine.getPartitionService().getPartitionCount());
    this.retry = retry;
    this.fanOut = fanOut;
    this.recall = recall;
    this.writeTimeout = service.settings().writeTimeout();
  }

  @Override
  public CompletionStage<Stored> write(
      Namespace namespace, List<MemoryWrite> writes, WriteGuard guard) {
    Space space = vectors.now(namespace).space();
    return SplitWrite.of(space, writes, guard)
        .through((shard, some) -> write(new PartWrite(namespace, space, shard, some, guard)))
        .thenApply(answer ->
            new Stored(
                answer.records().stream()
                    .map(stored -> Optional.ofNullable(stored).map(one -> one.toMemory(namespace)))
                    .toList(),
                answer.embeddingMs()));
  }

  /**
   * What is written to one part of a namespace.
   *
   * @param embeddedFor in whose space its vectors are
   * @param space whose parts are meant
   */
  private record PartWrite(
      Namespace embeddedFor, Space space, int shard, List<MemoryWrite> writes, WriteGuard guard) {

    /** The same, of a space with other parts. */
    SplitWrite in(Space now) {
      return SplitWrite.of(now, space, shard, writes, guard);
    }

    PartWrite of(Space now, int nowShard, List<MemoryWrite> some) {
      return new PartWrite(embeddedFor, now, nowShard, some, guard);
    }
  }

  /** Writes to one part of the namespace, or to what has become of it. */
  private CompletionStage<WriteAnswer> write(PartWrite part) {
    Space now = vectors.now(part.embeddedFor()).space();
    return now.shards() == part.space().shards()
        ? writeWhole(part)
        : part.in(now).through((shard, some) -> writeWhole(part.of(now, shard, some)));
  }

  /** Writes to one part of the namespace, in all the spaces that it is written to by then. */
  private CompletionStage<WriteAnswer> writeWhole(PartWrite part) {
    long token = token();
    return vectors
        .ready(part.embeddedFor(), part.writes())
        .thenCompose(ready -> {
          if (ready.namespace().shards() != part.space().shards()) {
            return write(part);
          }
          List<ShardSpec> spaces = ShardSpec.allOf(ready.namespace(), part.shard());
          return change(
                  part.embeddedFor(),
                  spaces,
                  () -> new WriteOperation(spaces, token, part.guard(), ready.drafts()))
              .thenCompose(answer ->
                  answer.status() == WriteAnswer.Status.OUTDATED
                      ? changed(ready.namespace()).thenCompose(changed -> write(part))
                      : CompletableFuture.completedStage(answer));
        });
  }

  /** Completes when this member knows that the namespace is not as it was. */
  private CompletionStage<Namespace> changed(Namespace before) {
    return retry.until(
        writeTimeout,
        () ->
            CompletableFuture.completedStage(
                Optional.of(vectors.now(before))
                    .filter(now -> !now.equals(before) || isGone(before))),
        () ->
            new Refusal.Unavailable(
                "this node has not heard what became of the namespace; nothing was written",
                Duration.ofSeconds(1)));
  }

  private boolean isGone(Namespace namespace) {
    return registry.namespace(namespace.uid()) == null;
  }

  @Override
  public CompletionStage<Integer> forget(
      Namespace namespace, List<String> ids, Precondition precondition) {
    return forget(namespace, new ForgetOperation.Selected(ids, MemoryFilter.ALL, precondition));
  }

  @Override
  public CompletionStage<Integer> forget(Namespace namespace, MemoryFilter filter) {
    return fanOut
        .gatherAll(new ShardRead.Match(filter), placement.targets(namespace))
        .thenCompose(answer ->
            forget(
                namespace, new ForgetOperation.Selected(answer.ids(), filter, Precondition.NONE)));
  }

  private CompletionStage<Integer> forget(Namespace namespace, ForgetOperation.Selected selected) {
    Namespace now = vectors.now(namespace);
    Map<Integer, List<String>> byShard = new HashMap<>();
    for (String id : selected.ids()) {
      byShard.computeIfAbsent(now.shardOf(id), shard -> new ArrayList<>()).add(id);
    }
    CompletionStage<Integer> total = CompletableFuture.completedStage(0);
    for (Map.Entry<Integer, List<String>> ofShard : byShard.entrySet()) {
      int shard = ofShard.getKey();
      List<String> shardIds = ofShard.getValue();
      for (int from = 0; from < shardIds.size(); from += MAX_FORGOTTEN_AT_ONCE) {
        ForgetOperation.Selected some =
            selected.only(
                shardIds.subList(from, Math.min(shardIds.size(), from + MAX_FORGOTTEN_AT_ONCE)));
        total =
            total.thenCompose(sum -> forgetSome(now, shard, some).thenApply(count -> sum + count));
      }
    }
    return total;
  }

  private CompletionStage<Integer> forgetSome(
      Namespace namespace, int shard, ForgetOperation.Selected selected) {
    long token = token();
    Namespace now = vectors.now(namespace);
    if (now.shards() != namespace.shards()) {
      return forget(namespace, selected);
    }
    List<ShardSpec> spaces = ShardSpec.allOf(now, shard);
    return change(namespace, spaces, () -> new ForgetOperation(spaces, token, selected))
        .thenCompose(answer ->
            answer.status() == WriteAnswer.Status.OUTDATED
                ? changed(now).thenCompose(changed -> forget(namespace, selected))
                : CompletableFuture.completedStage(answer.records().size()));
  }

  @Override
  public CompletionStage<Optional<Memory>> get(Namespace namespace, String id) {
    ShardSpec spec = ShardSpec.of(namespace, namespace.shardOf(id));
    return fanOut
        .gatherAll(
            new ShardRead.Fetch(
                List.of(new ShardRead.Wanted(spec.key(), id)), MemoryFilter.ALL, true),
            List.of(placement.target(spec)))
        .thenApply(answer -> {
          if (answer.fetched().isEmpty()) {
            requireNoneLost(id, answer);
          }
          return answer.fetched().stream()
              .findFirst()
              .map(fetched -> fetched.stored().toMemory(namespace));
        });
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
                answer.total(),
                answer.shorts().stream().map(ReadTarget::shard).sorted().toList()));
  }

  @Override
  public CompletionStage<Recalled> recall(RecallQuery query) {
    return recall.recall(query, placement);
  }

  @Override
  public CompletionStage<List<Memory>> saying(Namespace namespace, Saying what) {
    return fanOut
        .gatherAll(new ShardRead.Saying(what), placement.targets(namespace))
        .thenApply(answer ->
            answer.fetched().stream()
                .map(fetched -> fetched.stored().toMemory(namespace))
                .toList());
  }

  @Override
  public CompletionStage<Long> count(Namespace namespace) {
    return count(placement.targets(namespace)).thenApply(answer -> (long) answer.total());
  }

  private CompletionStage<ReadAnswer> count(List<ReadTarget> targets) {
    return fanOut.gatherAll(new ShardRead.Count(), targets);
  }

  @Override
  public CompletionStage<Progress> progress(Namespace namespace) {
    Space filling = namespace.filling();
    if (filling == null) {
      return count(placement.targets(namespace)).thenApply(all -> progress(all, all.total()));
    }
    if (namespace.isSplitting()) {
      return count(placement.targets(namespace))
          .thenCombine(
              count(placement.targets(namespace, filling)),
              (all, copied) -> progress(all, Math.min(all.total(), copied.total())));
    }
    List<ReadTarget> targets = new ArrayList<>(placement.targets(namespace));
    targets.addAll(placement.targets(namespace, filling));
    return fanOut
        .gatherAll(
            new ShardRead.Moved(namespace.space().generation(), filling.generation()), targets)
        .thenApply(all -> progress(all, all.considered()));
  }

  private static Progress progress(ReadAnswer all, int moved) {
    return new Progress(all.total(), moved, all.shorts().isEmpty());
  }

  @Override
  public CompletionStage<List<String>> locate(String id, List<Namespace> among) {
    OptionalLong drawnFor = MemoryId.namespaceUid(id);
    List<Namespace> first =
        among.stream()
            .filter(namespace -> drawnFor.isPresent() && namespace.uid() == drawnFor.getAsLong())
            .toList();
    return ask(id, first)
        .thenCompose(answer ->
            answer.namespaceUids().isEmpty()
                ? ask(id, among)
                : CompletableFuture.completedStage(answer))
        .thenApply(answer -> {
          if (answer.namespaceUids().isEmpty()) {
            requireNoneLost(id, answer);
          }
          return among.stream()
              .filter(namespace -> answer.namespaceUids().contains(namespace.uid()))
              .map(Namespace::name)
              .toList();
        });
  }

  private CompletionStage<ReadAnswer> ask(String id, List<Namespace> among) {
    if (among.isEmpty()) {
      return CompletableFuture.completedStage(new ReadAnswer());
    }
    List<ReadTarget> targets =
        among.stream()
            .map(namespace -> placement.target(ShardSpec.of(namespace, namespace.shardOf(id))))
            .toList();
    return fanOut.gatherAll(new ShardRead.Locate(id), targets);
  }

  /** That a memory is not there does not say that there was none, where some have been lost. */
  private static void requireNoneLost(String id, ReadAnswer answer) {
    if (!answer.shorts().isEmpty()) {
      throw new Refusal.Unavailable(
          ("the memory '%s' is not there, and may be one of those that were lost with all nodes that held them:"
                  + " restore a backup, or stop all nodes and start each once with data.acceptLoss: true")
              .formatted(id),
          LOST_RETRY_AFTER);
    }
  }

  private CompletionStage<WriteAnswer> change(
      Namespace namespace, List<ShardSpec> spaces, Supplier<OwnerOperation> operation) {
    WriteProgress progress = new WriteProgress();
    return retry.until(
        writeTimeout,
        () -> {
          if (!majority.isSeen()) {
            throw progress.cutOff();
          }
          return Continuations.of(
                  engine
                      .getOperationService()
                      .createInvocationBuilder(
                          GridService.NAME, operation.get(), placement.partition(spaces.getFirst()))
                      .setTryCount(1) // Hazelcast would pause for up to half a second
                      .setCallTimeout(writeTimeout.toMillis())
                      .setFailOnIndeterminateOperationState(true)
                      .<WriteAnswer>invoke())
              .handle((answer, failure) -> progress.note(namespace, answer, failure))
              .thenCompose(Function.identity());
        },
        progress::late);
  }

  /** What the attempts of one write met, to tell the caller when none of them had an answer. */
  private final class WriteProgress {
    private WriteAnswer.@Nullable Status lastRefusal;
    private boolean outcomeUnknown;

    synchronized CompletionStage<Optional<WriteAnswer>> note(
        Namespace namespace, @Nullable WriteAnswer answer, @Nullable Throwable failure) {
      if (failure != null || answer == null) {
        outcomeUnknown |= !Retry.isRefusalOfAMovingPartition(failure);
        return CompletableFuture.failedStage(
            failure == null ? new IllegalStateException("an owner answered nothing") : failure);
      }
      if (answer.status() == WriteAnswer.Status.DONE
          || answer.status() == WriteAnswer.Status.OUTDATED) {
        return CompletableFuture.completedStage(Optional.of(answer));
      }
      if (answer.status() == WriteAnswer.Status.NOT_AS_REQUIRED) {
        throw notAsRequired(answer.version());
      }
      if (answer.status() == WriteAnswer.Status.MOVED_ON) {
        throw new Refusal.Unavailable(
            "the write was made, its answer was lost on the way, and another write has changed the memory since: read it, and send yours again if it is still to be made",
            Duration.ofSeconds(1),
            true);
      }
      if (answer.status() == WriteAnswer.Status.MIXED_UP) {
        throw new Refusal.RequestMixedUp(
            "this Idempotency-Key was used for another request within the time that keys are kept; draw a new one for each request and send the same again only with the same request");
      }
      if (answer.status() == WriteAnswer.Status.OUT_OF_MEMORY) {
        throw new Refusal.QuotaExceeded(
            "the node that holds this has no memory left for vectors; forget some or raise index.offHeapBytes");
      }
      if (answer.status() == WriteAnswer.Status.NAMESPACE_UNKNOWN && isGone(namespace)) {
        throw new Refusal.NotFound(
            Refusal.NotFound.Kind.NAMESPACE,
            namespace.name(),
            "the namespace '%s' was deleted".formatted(namespace.name()));
      }
      if (answer.status() == WriteAnswer.Status.NO_MAJORITY) {
        throw cutOff();
      }
      lastRefusal = answer.status();
      return CompletableFuture.completedStage(Optional.empty());
    }

    /** Nothing is gained by waiting on this side of a split. */
    synchronized Refusal cutOff() {
      return outcomeUnknown ? unconfirmed() : RegistryClient.withoutMajority();
    }

    private static Refusal unconfirmed() {
      return new Refusal.Unavailable(
          "the write was not confirmed by all its replicas in time; it may have been made: send it again with the same id or Idempotency-Key",
          Duration.ofSeconds(1),
          true);
    }

    synchronized Refusal late() {
      Duration soon = Duration.ofSeconds(1);
      if (outcomeUnknown) {
        return unconfirmed();
      }
      if (lastRefusal == WriteAnswer.Status.BEHIND) {
        return new Refusal.Busy(
            "more is being written than this namespace can be indexed or logged in the same time",
            soon);
      }
      return new Refusal.Unavailable(
          lastRefusal == WriteAnswer.Status.TOO_FEW_REPLICAS
              ? "fewer replicas are alive than a write needs (cluster.minReplicas); nothing was written"
              : "the owner of the data did not take the write in time; nothing was written",
          soon);
    }
  }

  private static Refusal notAsRequired(long version) {
    return new Refusal.PreconditionFailed(
        version == 0
            ? "there is no memory of this id, and the request makes one its condition"
            : "the memory is of version %d, and the request makes another its condition; read it and decide anew"
                .formatted(version),
        version);
  }

  private static long token() {
    long token = ThreadLocalRandom.current().nextLong();
    return token == DoneWrite.NONE.token() ? 1 : token;
  }
}
