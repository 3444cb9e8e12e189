package io.mnemogrid.node.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns<String> turns = new Turns<>();
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  private final List<CompletableFuture<String>> unasked = new ArrayList<>();

  @Test
  void workOnOneKeyWaitsForWhatCameBefore() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> one = take("first", first, "a");
    CompletableFuture<String> two = take("second", done(), "a");
    assertThat(begun).containsExactly("first");
    first.complete("done");
    join(one);
    join(two);
    assertThat(begun).containsExactly("first", "second");
  }

  @Test
  void workOnOtherKeysDoesNot() {
    begin("first", new CompletableFuture<>(), "a");
    join(take("second", done(), "b"));
  }

  @Test
  void workOnSeveralKeysWaitsForAll() {
    CompletableFuture<String> a = new CompletableFuture<>();
    CompletableFuture<String> b = new CompletableFuture<>();
    begin("a", a, "a");
    begin("b", b, "b");
    CompletableFuture<String> both = take("both", done(), "a", "b");
    CompletableFuture<String> after = take("after", done(), "b");
    a.complete("done");
    assertThat(begun).containsExactly("a", "b");
    b.complete("done");
    join(both);
    join(after);
    assertThat(begun).containsExactly("a", "b", "both", "after");
  }

  @Test
  void workThatFailsHoldsNobodyUp() {
    CompletableFuture<String> thrown =
        turns
            .<String>inTurn(
                Set.of("a"),
                () -> {
                  throw new IllegalStateException("thrown");
                })
            .toCompletableFuture();
    assertThatThrownBy(() -> join(thrown)).hasRootCauseMessage("thrown");
    join(take("second", done(), "a"));
  }

  @Test
  void aLongQueueThatFailsAtOnceEndsAndLeavesNothing() {
    CompletableFuture<String> first = new CompletableFuture<>();
    begin("first", first, "a");
    CompletableFuture<String> last = first;
    for (int i = 0; i < 20_000; i++) {
      last = take("next", CompletableFuture.failedFuture(new IllegalStateException("no")), "a");
    }
    first.complete("done");
    CompletableFuture<String> end = last;
    assertThatThrownBy(() -> join(end)).hasRootCauseMessage("no");
    assertThat(begun).hasSize(20_001);
    assertThat(turns.size()).isZero();
  }

  private void begin(String name, CompletionStage<String> work, String... keys) {
    unasked.add(take(name, work, keys));
  }

  private CompletableFuture<String> take(
      String name, CompletionStage<String> work, String... keys) {
    return turns
        .inTurn(
            Set.of(keys),
            () -> {
              begun.add(name);
              return work;
            })
        .toCompletableFuture();
  }

  private static CompletionStage<String> done() {
    return CompletableFuture.completedStage("done");
  }

  private static String join(CompletableFuture<String> work) {
    return work.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
