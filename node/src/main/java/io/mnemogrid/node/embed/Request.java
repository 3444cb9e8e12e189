package io.mnemogrid.node.embed;

import io.mnemogrid.node.embed.Task.Slice;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The texts of one caller on their way to vectors or scores.
 *
 * <p>They are handed out in slices, shortest texts first so that a run needs little padding. What
 * shares a run with a text is thereby decided by its own request alone: a dynamically quantized
 * model takes its scale from all of a run, and a stranger's text must not show in a caller's
 * scores.
 */
final class Request {
  /** Characters in one place of the queue. */
  static final int PLACE_CHARS = 4_096;

  private static final int CHARS_PER_TOKEN = 4;

  private final Lane lane;
  private final Reading reading;
  private final List<String> texts;
  private final List<Integer> byLength;
  private final int places;
  private final float[][] results;
  private final AtomicInteger missing;
  private final CompletableFuture<List<float[]>> done = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Consumer<Request> atEnd;
  private int handedOut;

  /**
   * @param atEnd called once, before {@link #done()} completes
   */
  Request(Lane lane, Reading reading, List<String> texts, Consumer<Request> atEnd) {
    this.lane = lane;
    this.reading = reading;
    this.atEnd = atEnd;
    this.texts = List.copyOf(texts);
    byLength =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> this.texts.get(i).length()))
            .toList();
    places = this.texts.stream().mapToInt(Request::placesOf).sum();
    results = new float[texts.size()][];
    missing = new AtomicInteger(texts.size());
  }

  private static int placesOf(String text) {
    return 1 + text.length() / PLACE_CHARS;
  }

  Lane lane() {
    return lane;
  }

  Reading reading() {
    return reading;
  }

  /** What the request takes of a queue while it is under way. */
  int places() {
    return places;
  }

  /** Completes with one result a text, in the order of the texts. */
  CompletableFuture<List<float[]>> done() {
    return done;
  }

  boolean hasMore() {
    return handedOut < byLength.size() && !ended.get();
  }

  /**
   * The next texts that may share a run. Not safe for several threads: the queue's lock guards it.
   */
  Slice nextSlice() {
    Packing packing = reading.packing();
    int from = handedOut;
    long chars = 0;
    do {
      chars += texts.get(byLength.get(handedOut)).length();
      handedOut++;
    } while (handedOut < byLength.size()
        && handedOut - from < packing.maxWindows()
        && chars < (long) packing.maxTokens() * CHARS_PER_TOKEN);
    return new Slice(this, byLength.subList(from, handedOut));
  }

  String text(int index) {
    return texts.get(index);
  }

  void put(int index, float[] result) {
    results[index] = result;
    if (missing.decrementAndGet() == 0 && ended.compareAndSet(false, true)) {
      atEnd.accept(this);
      done.complete(List.of(results));
    }
  }

  void fail(Throwable cause) {
    if (ended.compareAndSet(false, true)) {
      atEnd.accept(this);
      done.completeExceptionally(cause);
    }
  }
}
