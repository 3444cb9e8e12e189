package io.mnemogrid.node.embed;

import io.mnemogrid.node.embed.Task.Run;
import io.mnemogrid.node.embed.Task.Slice;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queues before the models, one for each {@link Urgency}. The more urgent one goes
 * first; after {@value #TASKS_IN_A_ROW_MAX} of its tasks in a row one of the less urgent is let
 * through, so none starves. Safe for any thread.
 */
final class Lanes {
  static final int TASKS_IN_A_ROW_MAX = 8;
  private static final Duration RETRY_LEAST = Duration.ofSeconds(1);
  private static final Duration RETRY_MOST = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Lane> byUrgency;
  private final int[] tasksInARow = new int[Urgency.values().length];
  private final Pace pace;
  private boolean closed;

  /**
   * @param limit places in each of the lanes
   */
  Lanes(int limit, Pace pace) {
    byUrgency = Stream.of(Urgency.values()).map(_ -> new Lane(limit)).toList();
    this.pace = pace;
  }

  /** Completes with one result a text, in order; fails when there is no room. */
  CompletableFuture<List<float[]>> submit(Urgency urgency, Reading reading, List<String> texts) {
    Lane lane = byUrgency.get(urgency.ordinal());
    Request request = new Request(lane, reading, texts, this::release);
    if (request.places() > lane.limit()) {
      return CompletableFuture.failedFuture(
          new Refusal.InvalidRequest(
              "",
              "too much text at once: it takes %d places and the node reads %d; send less"
                  .formatted(request.places(), lane.limit())));
    }
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(closing());
      }
      if (!lane.hasRoomFor(request)) {
        return CompletableFuture.failedFuture(
            new Refusal.Busy(
                "too many texts wait for the node's models; try again later",
                retryAfter(lane.taken())));
      }
      lane.add(request);
      changed.signalAll();
      return request.done();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to do; null once closed. */
  @Nullable Task take() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Lane lane = next();
        if (lane != null) {
          return lane.next();
        }
        changed.await();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Lane next() {
    for (int i = 0; i < tasksInARow.length; i++) {
      boolean othersTurn = tasksInARow[i] >= TASKS_IN_A_ROW_MAX && anyTaskAfter(i);
      if (byUrgency.get(i).hasTask() && !othersTurn) {
        tasksInARow[i]++;
        return byUrgency.get(i);
      }
      tasksInARow[i] = 0;
    }
    return null;
  }

  private boolean anyTaskAfter(int urgency) {
    return byUrgency.subList(urgency + 1, byUrgency.size()).stream().anyMatch(Lane::hasTask);
  }

  /** Puts the windows of a slice back as runs, ahead of the slices of the same lane. */
  void ready(Slice slice, List<Window> windows) {
    List<Run> runs = slice.request().reading().packing().pack(windows);
    lock.lock();
    try {
      if (!closed) {
        slice.request().lane().add(runs);
        changed.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    slice.fail(closing());
  }

  private void release(Request request) {
    lock.lock();
    try {
      request.lane().release(request);
    } finally {
      lock.unlock();
    }
  }

  /** Places taken in all lanes. */
  int taken() {
    lock.lock();
    try {
      return byUrgency.stream().mapToInt(Lane::taken).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what comes from now on and fails all that nobody has begun to run. */
  void close() {
    List<Task> left = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      byUrgency.forEach(lane -> left.addAll(lane.drain()));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    left.forEach(task -> task.fail(closing()));
  }

  private Duration retryAfter(int places) {
    Duration expected = pace.timeFor(places);
    if (expected.compareTo(RETRY_LEAST) < 0) {
      return RETRY_LEAST;
    }
    return expected.compareTo(RETRY_MOST) > 0 ? RETRY_MOST : expected;
  }

  static Refusal closing() {
    return new Refusal.Unavailable("this node is stopping; ask another one", RETRY_LEAST);
  }
}
