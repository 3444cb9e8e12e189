package io.mnemogrid.node.grid.growth;

import io.mnemogrid.node.grid.member.Transitions;
import io.mnemogrid.node.grid.shard.Copied;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardCopy;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.Taken;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The copying of a namespace's memories from its shards to those that it is split into, as long as
 * the namespace stays as it is: once it has changed, the owners refuse what belongs to this.
 */
public final class SplitCopying {
  /** How copying the last ended. */
  enum Outcome {
    SAME,
    DIFFERENT,
    NOT_NOW
  }

  private final Transitions transitions;
  private final Map<ShardSpec, TakeOperation.Mark> marks;
  private final Namespace namespace;
  private final SplitKey key;
  private final Space into;
  private final long endNanos;

  /**
   * @param marks how far each part is copied, by the shard of the same number that it is split into
   * @param longest after which all fails
   */
  SplitCopying(
      Transitions transitions,
      Map<ShardSpec, TakeOperation.Mark> marks,
      Namespace namespace,
      Duration longest) {
    this.transitions = transitions;
    this.marks = marks;
    this.namespace = namespace;
    this.key = SplitKey.of(namespace);
    this.into = Objects.requireNonNull(namespace.filling());
    this.endNanos = System.nanoTime() + longest.toNanos();
  }

  /**
   * Copies the next memories of a part.
   *
   * @return what was taken, none when there is no more; empty when it cannot go on now
   */
  Optional<Taken> next(int part, boolean last) throws InterruptedException, ExecutionException {
    ShardSpec from = ShardSpec.of(namespace, part);
    ShardSpec place = ShardSpec.of(namespace, into, part);
    TakeOperation.Mark mark =
        marks.computeIfAbsent(place, _ -> TakeOperation.Mark.begin(transitions.unixSeconds()));
    Taken taken = await(transitions.invoke(new TakeOperation(key, from, mark, last), from));
    if (!taken.isNow()) {
      return Optional.empty();
    }
    if (!taken.copies().isEmpty()) {
      if (!copyIn(part, taken)) {
        return Optional.empty();
      }
      marks.put(place, mark.at(taken.upTo()));
    }
    return Optional.of(taken);
  }

  private boolean copyIn(int part, Taken taken) throws InterruptedException, ExecutionException {
    List<CompletableFuture<Integer>> under = new ArrayList<>();
    for (int to = part; to < into.shards(); to += namespace.shards()) {
      int shard = to;
      List<Copied> some =
          taken.copies().stream().filter(one -> into.shardOf(one.id()) == shard).toList();
      if (!some.isEmpty()) {
        under.add(copyIn(shard, CopyOperation.Load.of(some)));
      }
    }
    return areAllDone(under);
  }

  private CompletableFuture<Integer> copyIn(int shard, CopyOperation.Load load) {
    ShardSpec to = ShardSpec.of(namespace, into, shard);
    return transitions.invoke(new CopyOperation(key, to, load), to);
  }

  private boolean areAllDone(List<CompletableFuture<Integer>> under)
      throws InterruptedException, ExecutionException {
    boolean all = true;
    for (CompletableFuture<Integer> one : under) {
      int answer = await(one);
      if (answer == CopyOperation.NO_ROOM) {
        throw new Refusal.Conflict(
            "a node has no memory left for the vectors of more shards; raise index.offHeapBytes there, or forget some memories");
      }
      all &= answer == CopyOperation.DONE;
    }
    return all;
  }

  private <T extends @Nullable Object> T await(CompletableFuture<T> future)
      throws InterruptedException, ExecutionException {
    try {
      return future.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ExecutionException(e);
    }
  }

  /** Copies what is left, and compares. */
  Outcome last() throws InterruptedException, ExecutionException {
    for (int part = 0; part < namespace.shards(); part++) {
      Optional<Taken> taken;
      do {
        taken = isLate() ? Optional.empty() : next(part, true);
      } while (taken.isPresent() && !taken.get().copies().isEmpty());
      if (taken.isEmpty() || !copyRest(part, taken.get())) {
        return Outcome.NOT_NOW;
      }
    }
    return isLate() ? Outcome.NOT_NOW : compare();
  }

  private boolean isLate() {
    return System.nanoTime() - endNanos > 0;
  }

  /** How often memories were read; and the answers but those that stay in the partition. */
  private boolean copyRest(int part, Taken taken) throws InterruptedException, ExecutionException {
    long lostAt =
        taken.lostAt() < namespace.createdAt() ? PartitionContainer.NEVER_LOST : taken.lostAt();
    List<CompletableFuture<Integer>> under = new ArrayList<>();
    for (int to = part; to < into.shards(); to += namespace.shards()) {
      int shard = to;
      List<ShardCopy.Reads> reads =
          taken.reads().stream().filter(one -> into.shardOf(one.id()) == shard).toList();
      List<KeptAnswer> answers =
          shard == part
              ? List.of()
              : taken.answers().stream().flatMap(one -> one.in(into, shard).stream()).toList();
      under.add(copyIn(shard, new CopyOperation.Load(List.of(), reads, answers, lostAt)));
    }
    return areAllDone(under);
  }

  private Outcome compare() throws InterruptedException, ExecutionException {
    List<CompletableFuture<long @Nullable []>> before = new ArrayList<>();
    List<CompletableFuture<long @Nullable []>> after = new ArrayList<>();
    for (int shard = 0; shard < into.shards(); shard++) {
      before.add(digest(ShardSpec.of(namespace, shard % namespace.shards()), shard));
      after.add(digest(ShardSpec.of(namespace, into, shard), shard));
    }
    Outcome outcome = Outcome.SAME;
    for (int shard = 0; shard < into.shards(); shard++) {
      long @Nullable [] one = await(before.get(shard));
      long @Nullable [] other = await(after.get(shard));
      if (one == null || other == null || isLate()) {
        return Outcome.NOT_NOW;
      }
      outcome = Arrays.equals(one, other) ? outcome : Outcome.DIFFERENT;
    }
    return outcome;
  }

  private CompletableFuture<long @Nullable []> digest(ShardSpec in, int part) {
    return transitions.invoke(new DigestOperation(key, in, part), in);
  }
}
