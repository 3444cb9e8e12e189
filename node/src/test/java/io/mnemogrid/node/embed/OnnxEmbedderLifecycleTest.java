package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.model.Refusal;
import java.io.IOException;
import java.nio.file.Files;
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

class OnnxEmbedderLifecycleTest {
  @TempDir private Path folder;

  @Test
  void whatDoesNotFitIsRefusedUntilThereIsRoomAgain() throws IOException {
    try (OnnxEmbedder embedder = open(new EmbedConfig(10, 3, 1, 16, 512))) {
      CompletionStage<List<float[]>> first =
          embedder.embedAll(Collections.nCopies(3, "a hundred words ".repeat(60)));
      Throwable refused = failure(embedder.embedAll(List.of("one more")));
      assertThat(refused).isInstanceOf(Refusal.Busy.class);
      assertThat(((Refusal.Busy) refused).retryAfter())
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));

      assertThat(join(embedder.embedQuery("questions have a queue of their own"))).hasSize(384);

      assertThat(join(first)).hasSize(3);
      assertThat(join(embedder.embedAll(List.of("now there is room")))).hasSize(1);
    }
  }

  @Test
  void whatCanNeverFitIsTheCallersMistake() throws IOException {
    try (OnnxEmbedder embedder = open(new EmbedConfig(10, 3, 1, 16, 512))) {
      assertThat(failure(embedder.embedAll(Texts.sentences(4))))
          .isInstanceOf(Refusal.InvalidRequest.class);
      assertThat(failure(embedder.embedAll(List.of("x".repeat(3 * Request.PLACE_CHARS)))))
          .isInstanceOf(Refusal.InvalidRequest.class);
      assertThat(failure(embedder.embedQuery("x".repeat(3 * Request.PLACE_CHARS))))
          .isInstanceOf(Refusal.InvalidRequest.class);
    }
  }

  @Test
  void closingUnderLoadEndsEveryStageAndEveryThread() throws Exception {
    OnnxEmbedder embedder = open(new EmbedConfig(10, 8_192, 2, 4, 512));
    List<CompletionStage<?>> stages = new ArrayList<>();
    CountDownLatch running = new CountDownLatch(1);
    CompletionStage<List<float[]>> begun = embedder.embedAll(List.of("the first of many"));
    begun.whenComplete((vectors, failure) -> running.countDown());
    stages.add(begun);
    for (int i = 0; i < 20; i++) {
      stages.add(embedder.embedAll(Texts.sentences(20)));
      stages.add(embedder.embedAll(List.of("a long story ".repeat(2_000))));
      stages.add(embedder.embedQuery("question " + i));
    }
    running.await();
    embedder.close();

    assertThat(stages).allMatch(stage -> stage.toCompletableFuture().isDone());
    List<Throwable> failures =
        stages.stream()
            .filter(stage -> stage.toCompletableFuture().isCompletedExceptionally())
            .map(OnnxEmbedderLifecycleTest::failure)
            .toList();
    assertThat(failures).isNotEmpty().allMatch(Refusal.Unavailable.class::isInstance);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("mnemogrid-embed-"));
  }

  @Test
  void aClosedOneRefusesAndMayBeClosedAgain() throws IOException {
    OnnxEmbedder embedder = open(EmbedConfig.DEFAULTS);
    float[] kept = join(embedder.embedQuery("kept"));
    embedder.close();
    embedder.close();
    assertThat(failure(embedder.embedAll(List.of("late")))).isInstanceOf(Refusal.Unavailable.class);
    assertThat(failure(embedder.embedQuery("late"))).isInstanceOf(Refusal.Unavailable.class);
    assertThat(join(embedder.embedQuery("kept"))).isSameAs(kept);
  }

  @Test
  void closingWhileInterruptedStillWaitsForTheThreads() throws IOException {
    OnnxEmbedder embedder = open(new EmbedConfig(10, 8_192, 2, 16, 512));
    CompletionStage<List<float[]>> stage = embedder.embedAll(Texts.sentences(40));
    Thread.currentThread().interrupt();
    embedder.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stage.toCompletableFuture()).isDone();
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), "not a model");
    assertThatThrownBy(() -> OnnxModel.open(file, 384))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be opened");
  }

  private OnnxEmbedder open(EmbedConfig config) throws IOException {
    return OnnxEmbedder.open(config, folder.resolve("not/there/yet"));
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
