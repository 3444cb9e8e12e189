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
import org.jspecify.annotations.Nullable;

/**
 * Two bounded queues before the model: questions, for which an agent waits, and stores. A question
 * goes first; after {@value #QUESTION_TASKS_IN_A_ROW_MAX} tasks of questions in a row one of a
 * store is let through, so neither starves. Safe for any thread.
 */
final class Lanes {
  static final int QUESTION_TASKS_IN_A_ROW_MAX = 8;
  private static final Duration RETRY_LEAST = Duration.ofSeconds(1);
  private static final Duration RETRY_MOST = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Lane questions;
  private final Lane stores;
  private final Packing packing;
  private final Pace pace;
  private int questionTasksInARow;
  private boolean closed;

  /**
   * @param limit places in each of the two lanes
   */
  Lanes(int limit, Packing packing, Pace pace) {
    questions = new Lane(limit);
    stores = new Lane(limit);
    this.packing = packing;
    this.pace = pace;
  }

  CompletableFuture<List<float[]>> ask(String question) {
    return submit(questions, List.of(question));
  }

  CompletableFuture<List<float[]>> store(List<String> texts) {
    return submit(stores, texts);
  }

  private CompletableFuture<List<float[]>> submit(Lane lane, List<String> texts) {
    Request request = new Request(lane, texts, this::release);
    if (request.places() > lane.limit()) {
      return CompletableFuture.failedFuture(
          new Refusal.InvalidRequest(
              "",
              "too much text at once: it takes %d places and the node embeds %d; send less"
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
                "too many texts wait to be embedded; try again later", retryAfter(lane.taken())));
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
        boolean asked = questions.hasTask();
        boolean stored = stores.hasTask();
        if (asked && !(stored && questionTasksInARow >= QUESTION_TASKS_IN_A_ROW_MAX)) {
          questionTasksInARow++;
          return questions.next(packing);
        }
        if (stored) {
          questionTasksInARow = 0;
          return stores.next(packing);
        }
        changed.await();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Puts the windows of a slice back as runs, ahead of the slices of the same lane. */
  void ready(Slice slice, List<Window> windows) {
    List<Run> runs = packing.pack(windows);
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

  /** Places taken in both lanes. */
  int taken() {
    lock.lock();
    try {
      return questions.taken() + stores.taken();
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
      left.addAll(questions.drain());
      left.addAll(stores.drain());
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
