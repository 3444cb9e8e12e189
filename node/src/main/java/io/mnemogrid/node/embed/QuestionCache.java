package io.mnemogrid.node.embed;

import io.mnemogrid.node.model.Failures;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of the questions asked last of any model, the longest unused one leaving first, and of
 * those being embedded just now: a question asked several times at once is embedded once. Each
 * asker has what that asker asked: else an answer that comes soon would tell that somebody else has
 * asked the same. Safe for any thread.
 *
 * <p>Texts over {@value #TEXT_CHARS_MAX} characters are not kept, so that an entry is little more
 * than its vector; they are still embedded once when asked by many at once.
 */
final class QuestionCache {
  static final int TEXT_CHARS_MAX = 1_024;

  private final int entries;
  private final Map<Asked, float[]> known;
  private final Map<Asked, CompletableFuture<float[]>> underWay = new HashMap<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * @param entries vectors kept at most, 0 for none
   */
  QuestionCache(int entries) {
    this.entries = entries;
    known = new LinkedHashMap<>(16, 0.75f, true);
  }

  /** A question, who asks it, and the model that it is for. */
  record Asked(String asker, String model, String text) {}

  /** The kept vector, or that of the embedding under way, or that of a new one. */
  CompletableFuture<float[]> get(
      Asked question, Function<String, CompletableFuture<float[]>> embedding) {
    CompletableFuture<float[]> mine = new CompletableFuture<>();
    synchronized (this) {
      float[] vector = known.get(question);
      @Nullable CompletableFuture<float[]> others = vector == null ? underWay.get(question) : null;
      if (vector != null || others != null) {
        hits.increment();
        return others != null ? follow(others) : CompletableFuture.completedFuture(vector);
      }
      misses.increment();
      underWay.put(question, mine);
    }
    // Outside of the lock: a refusal comes back at once, and completes in this thread.
    CompletableFuture<float[]> begun;
    try {
      begun = embedding.apply(question.text());
    } catch (RuntimeException e) {
      begun = CompletableFuture.failedFuture(e); // or its text would be under way for ever
    }
    var _ = begun.whenComplete((vector, failure) -> end(question, mine, vector, failure));
    return follow(mine);
  }

  /** A future of the asker's own, so that nobody can end the shared one. */
  private static CompletableFuture<float[]> follow(CompletableFuture<float[]> shared) {
    CompletableFuture<float[]> own = new CompletableFuture<>();
    var _ = shared.whenComplete((vector, failure) -> complete(own, vector, failure));
    return own;
  }

  private static void complete(
      CompletableFuture<float[]> future, float @Nullable [] vector, @Nullable Throwable failure) {
    if (vector != null) {
      future.complete(vector);
    } else {
      future.completeExceptionally(
          failure == null
              ? new IllegalStateException("no vector came")
              : Failures.unwrapped(failure));
    }
  }

  private void end(
      Asked question,
      CompletableFuture<float[]> mine,
      float @Nullable [] vector,
      @Nullable Throwable failure) {
    synchronized (this) {
      underWay.remove(question);
      if (vector != null && entries > 0 && question.text().length() <= TEXT_CHARS_MAX) {
        known.put(question, vector);
        if (known.size() > entries) {
          known.remove(known.keySet().iterator().next());
        }
      }
    }
    complete(mine, vector, failure);
  }

  synchronized int size() {
    return known.size();
  }

  /** Questions answered without a run of their own. */
  long hits() {
    return hits.sum();
  }

  long misses() {
    return misses.sum();
  }
}
