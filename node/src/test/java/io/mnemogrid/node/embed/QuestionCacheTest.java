package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.embed.QuestionCache.Asked;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QuestionCacheTest {
  private final List<String> embedded = new ArrayList<>();
  private final QuestionCache cache = new QuestionCache(2);

  @Test
  void nobodyIsAnsweredSoonerForWhatAnotherHasAsked() {
    ask("a");
    cache.get(new Asked("other", "any", "a"), this::embed).join();
    assertThat(embedded).containsExactly("a", "a");
  }

  @Test
  void theLongestUnusedQuestionLeaves() {
    ask("a");
    ask("b");
    ask("a");
    ask("c");
    assertThat(cache.size()).isEqualTo(2);
    ask("a");
    assertThat(embedded).containsExactly("a", "b", "c");
    ask("b");
    assertThat(embedded).containsExactly("a", "b", "c", "b");
    assertThat(cache.hits()).isEqualTo(2);
    assertThat(cache.misses()).isEqualTo(4);
  }

  @Test
  void aQuestionUnderWayIsSharedAndNoAskerCanEndItForOthers() {
    CompletableFuture<float[]> model = new CompletableFuture<>();
    CompletableFuture<float[]> first = cache.get(of("a"), text -> model);
    CompletableFuture<float[]> second = cache.get(of("a"), this::embed);
    first.cancel(true);
    float[] vector = {1};
    model.complete(vector);
    assertThat(second).isCompletedWithValue(vector);
    assertThat(embedded).isEmpty();
    assertThat(cache.get(of("a"), this::embed)).isCompletedWithValue(vector);
  }

  @Test
  void aFailureReachesAllWhoWaitAndIsNotKept() {
    CompletableFuture<float[]> model = new CompletableFuture<>();
    CompletableFuture<float[]> first = cache.get(of("a"), text -> model.thenApply(x -> x));
    CompletableFuture<float[]> second = cache.get(of("a"), this::embed);
    Refusal busy = new Refusal.Busy("later", Duration.ofSeconds(1));
    model.completeExceptionally(busy);
    assertThat(first.exceptionNow()).isSameAs(busy);
    assertThat(second.exceptionNow()).isSameAs(busy);
    ask("a");
    assertThat(embedded).containsExactly("a");
  }

  @Test
  void anEmbeddingThatThrowsLeavesNothingUnderWay() {
    CompletableFuture<float[]> failed =
        cache.get(
            of("a"),
            text -> {
              throw new IllegalStateException("told to");
            });
    assertThat(failed.exceptionNow()).isInstanceOf(IllegalStateException.class);
    ask("a");
    assertThat(embedded).containsExactly("a");
  }

  @Test
  void aTextOverTheLimitIsNotKept() {
    ask("x".repeat(QuestionCache.TEXT_CHARS_MAX));
    assertThat(cache.size()).isEqualTo(1);
    ask("y".repeat(QuestionCache.TEXT_CHARS_MAX + 1));
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void noEntriesKeepNothing() {
    QuestionCache none = new QuestionCache(0);
    assertThat(none.get(of("a"), this::embed)).isCompleted();
    assertThat(none.get(of("a"), this::embed)).isCompleted();
    assertThat(embedded).containsExactly("a", "a");
    assertThat(none.size()).isZero();
  }

  @Test
  void eachModelHasItsOwnVectors() {
    CompletableFuture<float[]> one = cache.get(new Asked("asker", "one", "a"), this::embed);
    CompletableFuture<float[]> other = cache.get(new Asked("asker", "other", "a"), this::embed);
    assertThat(other.join()).isNotSameAs(one.join());
    assertThat(cache.get(new Asked("asker", "one", "a"), this::embed).join()).isSameAs(one.join());
  }

  private static Asked of(String text) {
    return new Asked("asker", "any", text);
  }

  private void ask(String text) {
    assertThat(cache.get(of(text), this::embed)).isCompleted();
  }

  private CompletableFuture<float[]> embed(String text) {
    embedded.add(text);
    return CompletableFuture.completedFuture(new float[] {embedded.size()});
  }
}
