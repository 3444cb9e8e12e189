package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.model.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelsLifecycleTest {
  @TempDir private Path folder;

  @Test
  void whatDoesNotFitIsRefusedUntilThereIsRoomAgain() throws IOException {
    try (OnnxModels models = open(TestConfigs.of(10, 3, 1, 16))) {
      CompletionStage<List<float[]>> first =
          models.byDefault().embedAll(Collections.nCopies(3, "a hundred words ".repeat(60)));
      Throwable refused = failure(models.byDefault().embedAll(List.of("one more")));
      assertThat(refused).isInstanceOf(Refusal.Busy.class);
      assertThat(((Refusal.Busy) refused).retryAfter())
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));

      assertThat(
              join(models.byDefault().embedQuery("asker", "questions have a queue of their own")))
          .hasSize(384);

      assertThat(join(first)).hasSize(3);
      assertThat(join(models.byDefault().embedAll(List.of("now there is room")))).hasSize(1);
    }
  }

  @Test
  void whatCanNeverFitIsTheCallersMistake() throws IOException {
    try (OnnxModels models = open(TestConfigs.of(10, 3, 1, 16))) {
      assertThat(failure(models.byDefault().embedAll(Texts.sentences(4))))
          .isInstanceOf(Refusal.InvalidRequest.class);
      assertThat(failure(models.byDefault().embedAll(List.of("x".repeat(3 * Request.PLACE_CHARS)))))
          .isInstanceOf(Refusal.InvalidRequest.class);
      assertThat(
              failure(models.byDefault().embedQuery("asker", "x".repeat(3 * Request.PLACE_CHARS))))
          .isInstanceOf(Refusal.InvalidRequest.class);
    }
  }

  @Test
  void closingUnderLoadEndsEveryStageAndEveryThread() throws Exception {
    OnnxModels models = open(TestConfigs.of(10, 8_192, 2, 4));
    List<CompletionStage<?>> stages = new ArrayList<>();
    CountDownLatch running = new CountDownLatch(1);
    CompletionStage<List<float[]>> begun =
        models.byDefault().embedAll(List.of("the first of many"));
    begun.whenComplete((vectors, failure) -> running.countDown());
    stages.add(begun);
    for (int i = 0; i < 20; i++) {
      stages.add(models.byDefault().embedAll(Texts.sentences(20)));
      stages.add(models.byDefault().embedAll(List.of("a long story ".repeat(2_000))));
      stages.add(models.byDefault().embedQuery("asker", "question " + i));
    }
    running.await();
    models.close();

    assertThat(stages).allMatch(stage -> stage.toCompletableFuture().isDone());
    List<Throwable> failures =
        stages.stream()
            .filter(stage -> stage.toCompletableFuture().isCompletedExceptionally())
            .map(OnnxModelsLifecycleTest::failure)
            .toList();
    assertThat(failures).isNotEmpty().allMatch(Refusal.Unavailable.class::isInstance);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("mnemogrid-embed-"));
  }

  @Test
  void aClosedOneRefusesAndMayBeClosedAgain() throws IOException {
    OnnxModels models = open(EmbedConfig.DEFAULTS);
    float[] kept = join(models.byDefault().embedQuery("asker", "kept"));
    models.close();
    models.close();
    assertThat(failure(models.byDefault().embedAll(List.of("late"))))
        .isInstanceOf(Refusal.Unavailable.class);
    assertThat(failure(models.byDefault().embedQuery("asker", "late")))
        .isInstanceOf(Refusal.Unavailable.class);
    assertThat(join(models.byDefault().embedQuery("asker", "kept"))).isSameAs(kept);
  }

  @Test
  void closingWhileInterruptedStillWaitsForTheThreads() throws IOException {
    OnnxModels models = open(TestConfigs.of(10, 8_192, 2, 16));
    CompletionStage<List<float[]>> stage = models.byDefault().embedAll(Texts.sentences(40));
    Thread.currentThread().interrupt();
    models.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stage.toCompletableFuture()).isDone();
  }

  private OnnxModels open(EmbedConfig config) throws IOException {
    return TestConfigs.open(config, folder.resolve("not/there/yet"));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** What the stage failed with, as who chains on it sees it: not wrapped. */
  private static Throwable failure(CompletionStage<?> stage) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    stage.whenComplete((result, thrown) -> {
      if (thrown == null) {
        failure.completeExceptionally(new AssertionError("it did not fail"));
      } else {
        failure.complete(thrown);
      }
    });
    return failure.join();
  }
}
