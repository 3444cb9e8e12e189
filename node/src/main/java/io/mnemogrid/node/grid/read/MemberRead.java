package io.mnemogrid.node.grid.read;

import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.shard.ReadTime;
import io.mnemogrid.node.grid.shard.ReadTimeoutException;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardGoneException;
import io.mnemogrid.node.grid.wire.ReadAnswer;
import io.mnemogrid.node.grid.wire.ReadTarget;
import io.mnemogrid.node.grid.wire.ShardRead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads all the shards that this member owns of those asked for, in one go. Runs on the search
 * pool, never on a partition's thread. What the member does not own, or has just handed off, it
 * refuses.
 */
public final class MemberRead {
  private final GridService service;
  private final ShardRead read;
  private final List<ReadTarget> targets;

  MemberRead(GridService service, ShardRead read, List<ReadTarget> targets) {
    this.service = service;
    this.read = read;
    this.targets = targets;
  }

  /**
   * Reads when a thread is free.
   *
   * @return completes on that thread; with a busy answer when there is no room to wait for one, or
   *     the time was over by then; with everything refused when the time is over while it is read
   */
  CompletionStage<ReadAnswer> run(long timeoutMs) {
    CompletableFuture<ReadAnswer> result = new CompletableFuture<>();
    long startNanos = System.nanoTime();
    try {
      service.searchPool().execute(() -> answer(result, startNanos, timeoutMs));
    } catch (RejectedExecutionException e) {
      result.complete(ReadAnswer.busy(targets));
    }
    return result;
  }

  private void answer(CompletableFuture<ReadAnswer> result, long startNanos, long timeoutMs) {
    long endNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    ReadAnswer answer;
    try {
      answer = System.nanoTime() - endNanos > 0 ? ReadAnswer.busy(targets) : readAll(endNanos);
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
      return;
    }
    result.complete(answer);
  }

  /**
   * Reads what this member answers for. What turns out to have left, or to have been closed, while
   * it was read is refused, and the rest is read again without it.
   */
  private ReadAnswer readAll(long endNanos) {
    ReadTime time = new ReadTime(service.unixSeconds(), endNanos);
    List<ReadTarget> refused = new ArrayList<>();
    List<ReadTarget> open = new ArrayList<>(targets);
    while (true) {
      move(open, refused, target -> !service.admission().answersFor(target.partitionId()));
      ReadAnswer answer = new ReadAnswer();
      try {
        read.read(shards(open), time, answer);
      } catch (ReadTimeoutException e) {
        return refused();
      } catch (ShardGoneException e) {
        move(open, refused, target -> target.shardKey() == e.shardKey());
        continue;
      }
      // Asked again: what the partition's leaving has emptied meanwhile must not pass for empty.
      if (!move(open, refused, target -> !service.admission().answersFor(target.partitionId()))) {
        refused.forEach(answer::refuse);
        open.stream().filter(service.admission()::maybeShort).forEach(answer::addShort);
        return answer.complete();
      }
    }
  }

  private ReadAnswer refused() {
    ReadAnswer answer = new ReadAnswer();
    targets.forEach(answer::refuse);
    return answer.complete();
  }

  private static boolean move(
      List<ReadTarget> from, List<ReadTarget> to, Predicate<ReadTarget> which) {
    from.stream().filter(which).forEach(to::add);
    return from.removeIf(which);
  }

  private List<Shard> shards(List<ReadTarget> open) {
    List<Shard> shards = new ArrayList<>(open.size());
    for (ReadTarget target : open) {
      @Nullable Shard shard = service.container(target.partitionId()).shard(target.shardKey());
      if (shard != null) {
        shards.add(shard);
      }
    }
    return shards;
  }
}
