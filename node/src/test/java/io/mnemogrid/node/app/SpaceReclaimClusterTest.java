package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.recall;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memories that are gone give back the memory of their vectors, on the owner and on the backup. */
class SpaceReclaimClusterTest {
  private static final int MANY = 4_000;
  private static final int FEW = 40;
  private static final int BATCH = 500;

  /** Each member has all memories, with a byte for each number of a vector at least. */
  private static final long ALL_BYTES = (long) MANY * TestMemories.DIMENSION;

  private final TestGrid cluster = TestGrid.of(2);
  private final SplittableRandom random = new SplittableRandom(20_261_126);

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void whatWasForgottenGivesItsMemoryBackAndTheRestIsFound() {
    Namespace namespace = namespace(cluster.grid(0), "shrinking", 2);
    List<float[]> vectors = fill(namespace, null);
    assertThat(bytes()).allMatch(bytes -> bytes >= ALL_BYTES);
    List<String> gone =
        IntStream.range(0, MANY - FEW).mapToObj(SpaceReclaimClusterTest::id).toList();
    for (int i = 0; i < gone.size(); i += BATCH) {
      List<String> some = gone.subList(i, Math.min(gone.size(), i + BATCH));
      join(cluster.grid(1).memories().forget(namespace, some));
    }
    awaitGivenBack();
    for (int i = MANY - FEW; i < MANY; i++) {
      List<Hit> hits = recall(cluster.grid(i % 2), namespace, vectors.get(i), 1).hits();
      assertThat(hits.getFirst().memory().id()).isEqualTo(id(i));
    }
  }

  @Test
  void whatHasExpiredGivesItsMemoryBack() {
    Namespace namespace = namespace(cluster.grid(0), "passing", 2);
    fill(namespace, System.currentTimeMillis() / 1_000 + 3);
    awaitGivenBack();
  }

  private List<float[]> fill(Namespace namespace, @Nullable Long expiresAt) {
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < MANY; i += BATCH) {
      List<MemoryWrite> batch = new ArrayList<>();
      for (int j = i; j < i + BATCH; j++) {
        vectors.add(vector(random));
        boolean stays = j >= MANY - FEW;
        batch.add(write(id(j), "content " + j, vectors.getLast(), stays ? null : expiresAt));
      }
      join(cluster.grid(0).memories().write(namespace, batch));
    }
    return vectors;
  }

  private static String id(int number) {
    return "m" + number;
  }

  private List<Long> bytes() {
    return List.of(cluster.grid(0).indexBytes(), cluster.grid(1).indexBytes());
  }

  private void awaitGivenBack() {
    await().until(() -> bytes().stream().allMatch(bytes -> bytes < ALL_BYTES / 10));
  }
}
