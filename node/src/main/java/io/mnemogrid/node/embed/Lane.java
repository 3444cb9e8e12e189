package io.mnemogrid.node.embed;

import io.mnemogrid.node.embed.Task.Run;
import io.mnemogrid.node.embed.Task.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the queues before the models. Not safe for several threads: {@link Lanes} locks.
 *
 * <p>Requests take turns, a slice each, so that a request of a thousand texts does not make one of
 * a single text wait for all of it. Runs go before slices: what is begun is finished first, which
 * bounds the tokens that wait.
 */
final class Lane {
  private final int limit;
  private final ArrayDeque<Run> runs = new ArrayDeque<>();
  private final ArrayDeque<Request> requests = new ArrayDeque<>();
  private int taken;

  /**
   * @param limit places
   */
  Lane(int limit) {
    this.limit = limit;
  }

  int limit() {
    return limit;
  }

  /** Places that requests under way have. */
  int taken() {
    return taken;
  }

  boolean hasRoomFor(Request request) {
    return request.places() <= limit - taken;
  }

  void add(Request request) {
    taken += request.places();
    requests.addLast(request);
  }

  void release(Request request) {
    taken -= request.places();
  }

  void add(List<Run> ready) {
    runs.addAll(ready);
  }

  boolean hasTask() {
    while (!requests.isEmpty() && !requests.getFirst().hasMore()) {
      requests.removeFirst(); // failed meanwhile
    }
    return !runs.isEmpty() || !requests.isEmpty();
  }

  /** The next task; only after {@link #hasTask()} was true. */
  Task next() {
    if (!runs.isEmpty()) {
      return runs.removeFirst();
    }
    Request request = requests.removeFirst();
    Slice slice = request.nextSlice();
    if (request.hasMore()) {
      requests.addLast(request);
    }
    return slice;
  }

  /** Empties the lane. */
  List<Task> drain() {
    List<Task> left = new ArrayList<>(runs);
    runs.clear();
    for (Request request : requests) {
      left.add(new Slice(request, List.of()));
    }
    requests.clear();
    return left;
  }
}
