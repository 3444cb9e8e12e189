package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.embed.OnnxModel.Buffers;
import io.mnemogrid.node.embed.OpenModels.Lease;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenModelsTest {
  private static final int LIMIT = 2;
  @TempDir private Path folder;
  private final List<ModelFiles> files = new ArrayList<>();

  @BeforeEach
  void makeModels() throws IOException {
    for (String name : List.of("a", "b", "c", "d")) {
      files.add(ModelFolder.ofSentenceModel(TinyModels.sentenceModel(folder, name)));
    }
  }

  @Test
  void aModelIsOpenedOnceAndShared() throws Exception {
    try (OpenModels models = new OpenModels(LIMIT, folder)) {
      assertThat(models.count()).isZero();
      try (Lease one = models.lease(files.get(0));
          Lease other = models.lease(files.get(0))) {
        assertThat(other.model()).isSameAs(one.model());
      }
      assertThat(models.count()).isEqualTo(1);
      assertThat(models.opened()).isEqualTo(1);
    }
  }

  @Test
  void theOneUnusedForLongestMakesRoom() throws Exception {
    try (OpenModels models = new OpenModels(LIMIT, folder)) {
      use(models, 0, 1, 0, 2);
      assertThat(models.opened()).isEqualTo(3);
      use(models, 0, 2);
      assertThat(models.opened()).isEqualTo(3);
      use(models, 1);
      assertThat(models.opened()).isEqualTo(4);
      assertThat(models.count()).isEqualTo(LIMIT);
    }
  }

  @Test
  void aModelInUseIsNeverClosedAndWhoNeedsRoomWaits() throws Exception {
    try (OpenModels models = new OpenModels(1, folder)) {
      AtomicReference<Lease> waited = new AtomicReference<>();
      Thread other;
      try (Lease held = models.lease(files.get(0))) {
        other =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    waited.set(models.lease(files.get(1)));
                  } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
        await().until(() -> other.getState() == Thread.State.WAITING);
        assertThat(waited.get()).isNull();
        assertRuns(held.model());
      }
      other.join();
      Objects.requireNonNull(waited.get()).close();
      assertThat(models.count()).isEqualTo(1);
    }
  }

  @Test
  void oneThatCannotBeOpenedTakesNoRoom() throws Exception {
    try (OpenModels models = new OpenModels(1, folder)) {
      Path network = folder.resolve("a/model.onnx");
      Files.writeString(network, "not a model");
      assertThatThrownBy(() -> models.lease(files.get(0)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("model.onnx: cannot be opened");
      use(models, 1);
      Files.write(network, TinyModels.sentenceNetwork());
      use(models, 0);
      assertThat(models.opened()).isEqualTo(2);
    }
  }

  @Test
  void manyThreadsNeverHaveMoreModelsOpenThanAllowedAndAllGetTheirTurn() throws Exception {
    long seed = 20_261_126;
    SplittableRandom random = new SplittableRandom(seed);
    try (OpenModels models = new OpenModels(LIMIT, folder);
        ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        SplittableRandom own = random.split();
        done.add(
            threads.submit(() -> {
              for (int round = 0; round < 60; round++) {
                try (Lease lease = models.lease(files.get(own.nextInt(files.size())))) {
                  assertThat(models.count()).as("seed %d", seed).isLessThanOrEqualTo(LIMIT);
                  assertRuns(lease.model());
                }
              }
              return null;
            }));
      }
      for (Future<?> one : done) {
        one.get();
      }
      assertThat(models.count()).isEqualTo(LIMIT);
    }
  }

  private void use(OpenModels models, int... numbers) throws IOException, InterruptedException {
    for (int number : numbers) {
      models.lease(files.get(number)).close();
    }
  }

  private static void assertRuns(OpenModel model) throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      List<Tokens> windows = model.cutPassage("red cat").windows();
      float[] vector = model.run(windows, new Buffers(arena, 10, 10 * TinyModels.DIMENSION))[0];
      assertThat(vector[TinyModels.id("red")]).isEqualTo(0.5f);
    }
  }
}
