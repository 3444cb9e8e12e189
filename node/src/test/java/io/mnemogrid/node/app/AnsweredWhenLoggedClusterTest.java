package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.config.DataConfig.Fsync;
import io.mnemogrid.node.model.Namespace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Members whose log comes to nothing for a while: what they hold is not answered until it is in.
 */
class AnsweredWhenLoggedClusterTest {
  private static final int PARTS = 31;
  private static final Duration LONGER_THAN_AN_ANSWER_TAKES = Duration.ofMillis(500);

  /** Each memory is at both, at one as its owner and at the other as its backup. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void nothingIsAnsweredBeforeItIsInTheLogsOfOwnerAndBackup(int slow) throws IOException {
    SplittableRandom random = new SplittableRandom(41);
    try (DurableGrid cluster = new DurableGrid(2, Fsync.OS, random)) {
      cluster.start(0, 1);
      Namespace namespace = namespace(cluster.grid(0), "logged", PARTS);
      List<CompletableFuture<?>> before = new ArrayList<>();
      List<CompletableFuture<?>> late = new ArrayList<>();
      cluster.disk(slow).holdNewFiles(path -> path.toString().contains("wal"));
      try {
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> {
              before.add(store(cluster, namespace, "m" + before.size(), random));
              return cluster.disk(slow).isHolding(); // its segment is full
            });
        for (int i = 0; i < 2 * PARTS; i++) {
          late.add(store(cluster, namespace, "late" + i, random));
        }
        await()
            .failFast(
                "answered before it was logged",
                () -> late.stream().anyMatch(AnsweredWhenLoggedClusterTest::isAnswered))
            .during(LONGER_THAN_AN_ANSWER_TAKES)
            .until(() -> true);
      } finally {
        cluster.disk(slow).holdNewFiles(path -> false);
      }
      await().until(() -> late.stream().allMatch(CompletableFuture::isDone));
      store(cluster, namespace, "afterwards", random).join();
      assertThat(before).anyMatch(AnsweredWhenLoggedClusterTest::isAnswered);
    }
  }

  private static boolean isAnswered(CompletableFuture<?> write) {
    return write.isDone() && !write.isCompletedExceptionally();
  }

  private static CompletableFuture<?> store(
      DurableGrid cluster, Namespace namespace, String id, SplittableRandom random) {
    String content = id + " of some length".repeat(50);
    return cluster
        .grid(0)
        .memories()
        .write(namespace, List.of(write(id, content, vector(random))))
        .toCompletableFuture();
  }
}
