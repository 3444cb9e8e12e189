package io.mnemogrid.node.grid.read;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.thread.Continuations;
import io.mnemogrid.node.grid.thread.Retry;
import io.mnemogrid.node.grid.wire.ReadAnswer;
import io.mnemogrid.node.grid.wire.ReadTarget;
import io.mnemogrid.node.grid.wire.ShardRead;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks about shards wherever they are: one operation a member with all the shards it owns. What a
 * member refuses, or leaves unanswered because it left, is asked again at the owner of then, until
 * the deadline.
 */
public final class FanOut {
  private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);

  private final GridService service;
  private final NodeEngine engine;
  private final Retry retry;
  private final Duration timeout;

  public FanOut(GridService service, Retry retry) {
    this.service = service;
    this.engine = service.engine();
    this.retry = retry;
    this.timeout = service.settings().readTimeout();
  }

  /**
   * What was found, and what was not asked.
   *
   * @param missing shards that nobody answered for within the deadline
   * @param answers of members that answered for some of the shards; a member that was asked again
   *     counts as another
   */
  record Gathered(ReadAnswer answer, List<ReadTarget> missing, int answers) {}

  /** Whether one member owns all targets, as far as is known here. */
  boolean haveOneOwner(List<ReadTarget> targets) {
    Set<@Nullable Address> owners = new HashSet<>();
    targets.forEach(target -> owners.add(owner(target)));
    return owners.size() == 1 && !owners.contains(null);
  }

  private @Nullable Address owner(ReadTarget target) {
    return engine.getPartitionService().getPartition(target.partitionId()).getOwnerOrNull();
  }

  /** The time that a read has. */
  Duration timeout() {
    return timeout;
  }

  /** Reads all targets that can be read within that time. */
  CompletionStage<Gathered> gather(ShardRead read, List<ReadTarget> targets, Duration within) {
    return new Gathering(read, targets, within).run();
  }

  /**
   * Reads all targets or fails.
   *
   * @return the merged answer; fails with {@link Refusal.Unavailable} when some did not answer
   */
  public CompletionStage<ReadAnswer> gatherAll(ShardRead read, List<ReadTarget> targets) {
    return gather(read, targets, timeout)
        .thenApply(gathered -> {
          if (!gathered.missing().isEmpty()) {
            throw new Refusal.Unavailable(
                "%d of %d shards did not answer in time; try again"
                    .formatted(gathered.missing().size(), targets.size()),
                BUSY_RETRY_AFTER);
          }
          return gathered.answer();
        });
  }

  private final class Gathering {
    private final ShardRead read;
    private final Duration within;
    private final long endNanos;
    private final ReadAnswer merged = new ReadAnswer();
    private List<ReadTarget> open;
    private boolean busy;
    private boolean unowned;
    private int answers;

    Gathering(ShardRead read, List<ReadTarget> targets, Duration within) {
      this.read = read;
      this.within = within;
      this.endNanos = System.nanoTime() + within.toNanos();
      this.open = targets;
    }

    CompletionStage<Gathered> run() {
      return retry
          .until(within, this::round, Late::new)
          .handle((done, failure) -> {
            if (failure == null || failure instanceof Late) {
              return finished();
            }
            throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
          });
    }

    private synchronized Gathered finished() {
      // What nobody would answer for stays so: that the last to be asked had no time is no matter.
      if (busy && !unowned && !open.isEmpty()) {
        throw new Refusal.Busy(
            "too many reads are under way on the nodes that hold this; try again later",
            BUSY_RETRY_AFTER);
      }
      return new Gathered(merged, open, answers);
    }

    /** Asks the owners of what is open; present when nothing is left. */
    private synchronized CompletionStage<Optional<Boolean>> round() {
      Map<Address, List<ReadTarget>> byOwner = new HashMap<>();
      List<ReadTarget> ownerless = new ArrayList<>();
      for (ReadTarget target : open) {
        Address owner = owner(target);
        if (owner == null) {
          ownerless.add(target);
        } else {
          byOwner.computeIfAbsent(owner, address -> new ArrayList<>()).add(target);
        }
      }
      open = ownerless;
      busy = false;
      List<CompletableFuture<@Nullable Void>> asked = new ArrayList<>(byOwner.size());
      byOwner.forEach((owner, targets) ->
          asked.add(
              ask(owner, targets)
                  .handle((answer, failure) -> {
                    take(targets, answer, failure);
                    return (@Nullable Void) null;
                  })
                  .toCompletableFuture()));
      return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
          .thenApply(done -> isDone() ? Optional.of(true) : Optional.empty());
    }

    private synchronized boolean isDone() {
      return open.isEmpty();
    }

    private synchronized void take(
        List<ReadTarget> targets, @Nullable ReadAnswer answer, @Nullable Throwable failure) {
      if (answer == null || failure != null) {
        open = concat(open, targets);
        if (failure != null && !Retry.mayPass(failure)) {
          throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
        }
        return;
      }
      merged.merge(answer, read.limit());
      answers += answer.refused().size() < targets.size() ? 1 : 0;
      open = concat(open, answer.refused());
      busy |= answer.isBusy();
      unowned |= !answer.isBusy() && !answer.refused().isEmpty();
    }

    private CompletionStage<ReadAnswer> ask(Address owner, List<ReadTarget> targets) {
      long leftMs = Math.max(1, (endNanos - System.nanoTime()) / 1_000_000);
      // Shorter than the whole, so that what a silent member holds can be asked elsewhere.
      long patienceMs = Math.min(leftMs, Math.max(1, within.toMillis() / 2));
      CompletableFuture<ReadAnswer> answer = new CompletableFuture<>();
      answer.orTimeout(patienceMs, TimeUnit.MILLISECONDS);
      try {
        var _ =
            read(owner, targets, patienceMs)
                .whenComplete((value, failure) -> {
                  if (failure == null) {
                    answer.complete(value);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                });
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
      return answer;
    }

    private CompletionStage<ReadAnswer> read(
        Address owner, List<ReadTarget> targets, long timeoutMs) {
      if (owner.equals(engine.getThisAddress())) {
        if (!engine.isRunning()) {
          throw new HazelcastInstanceNotActiveException();
        }
        return new MemberRead(service, read, targets).run(timeoutMs);
      }
      return Continuations.of(
          engine
              .getOperationService()
              .createInvocationBuilder(
                  GridService.NAME, new ReadOperation(read, targets, timeoutMs), owner)
              .setTryCount(1)
              .setCallTimeout(timeoutMs)
              .invoke());
    }
  }

  private static List<ReadTarget> concat(List<ReadTarget> some, List<ReadTarget> more) {
    List<ReadTarget> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /** The deadline passed; what was gathered so far is the answer. */
  private static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Late() {
      super(null, null, false, false);
    }
  }
}
