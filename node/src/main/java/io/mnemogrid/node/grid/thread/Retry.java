package io.mnemogrid.node.grid.thread;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.spi.exception.PartitionMigratingException;
import com.hazelcast.spi.exception.RetryableException;
import com.hazelcast.spi.exception.WrongTargetException;
import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trying again with growing pauses, without a thread that waits. */
public final class Retry {
  private static final Logger log = LoggerFactory.getLogger(Retry.class);
  private static final long FIRST_PAUSE_MS = 1;
  private static final long LONGEST_PAUSE_MS = 20;

  private final Timer timer;

  public Retry(Timer timer) {
    this.timer = timer;
  }

  /**
   * Attempts until one attempt has a result. An attempt that is empty, or fails for a passing state
   * of the cluster, is followed by another, after 1, 2, 4 … {@value #LONGEST_PAUSE_MS} ms.
   *
   * @param late the failure when the time is over
   */
  public <T> CompletionStage<T> until(
      Duration timeout,
      Supplier<? extends CompletionStage<Optional<T>>> attempt,
      Supplier<? extends RuntimeException> late) {
    CompletableFuture<T> result = new CompletableFuture<>();
    new Attempts<>(System.nanoTime() + timeout.toNanos(), attempt, late, result)
        .next(FIRST_PAUSE_MS);
    return result;
  }

  /** Whether a failure is of the cluster's making (a member left, a partition moves) and no bug. */
  public static boolean mayPass(Throwable failure) {
    Throwable cause = Failures.unwrapped(failure);
    return cause instanceof HazelcastException
        || cause instanceof RetryableException // a packet that could not be sent is no such one
        || cause instanceof MemberLeftException
        || cause instanceof TimeoutException
        || cause instanceof CancellationException;
  }

  /** Whether the operation was not run, as its partition moves or has just moved. */
  public static boolean isRefusalOfAMovingPartition(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Failures.unwrapped(failure);
    return cause instanceof PartitionMigratingException || cause instanceof WrongTargetException;
  }

  private final class Attempts<T> {
    private final long endNanos;
    private final Supplier<? extends CompletionStage<Optional<T>>> attempt;
    private final Supplier<? extends RuntimeException> late;
    private final CompletableFuture<T> result;

    Attempts(
        long endNanos,
        Supplier<? extends CompletionStage<Optional<T>>> attempt,
        Supplier<? extends RuntimeException> late,
        CompletableFuture<T> result) {
      this.endNanos = endNanos;
      this.attempt = attempt;
      this.late = late;
      this.result = result;
    }

    void next(long pauseMs) {
      CompletionStage<Optional<T>> started;
      try {
        started = attempt.get();
      } catch (RuntimeException e) {
        started = CompletableFuture.failedStage(e);
      }
      started.whenComplete((value, failure) -> settle(value, failure, pauseMs));
    }

    private void settle(Optional<T> value, Throwable failure, long pauseMs) {
      if (failure == null && value.isPresent()) {
        result.complete(value.get());
        return;
      }
      Throwable cause = failure == null ? null : Failures.unwrapped(failure);
      if (cause instanceof Refusal) {
        result.completeExceptionally(cause);
      } else if (cause instanceof HazelcastInstanceNotActiveException) {
        result.completeExceptionally(stopping());
      } else if (cause != null && !mayPass(cause)) {
        result.completeExceptionally(cause);
      } else if (System.nanoTime() - endNanos > 0) {
        if (cause != null) {
          log.warn("gave up after trying again and again", cause);
        }
        result.completeExceptionally(late.get());
      } else {
        pause(pauseMs);
      }
    }

    private void pause(long pauseMs) {
      try {
        timer.after(pauseMs, () -> next(Math.min(LONGEST_PAUSE_MS, pauseMs * 2)));
      } catch (RejectedExecutionException e) {
        result.completeExceptionally(stopping());
      }
    }

    private Refusal stopping() {
      return new Refusal.Unavailable(
          "this node is stopping; ask another one", Duration.ofSeconds(1));
    }
  }
}
