package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.recall;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.HashingModels;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A namespace on its way to another model while members are lost and join. */
class ReembedClusterTest {
  private static final String NAME = "moving";
  private static final int SHARDS = 16;
  private static final int MEMORIES = 800;
  private static final int VOCABULARY = 3_000;
  private static final int WORDS = 12;

  /** Between two writes: what the test waits for needs a processor too. */
  private static final long THINKING_NANOS = 5_000_000;

  @Test
  void itGoesOnWhereTheMemoriesAreAndNothingIsMissingOnTheWay() {
    try (TestGrid cluster = TestGrid.of(3)) {
      Space narrow = Space.first(HashingModels.NARROW, HashingModels.NARROW_DIMENSION, SHARDS);
      Namespace before = namespace(cluster.grid(0), NAME, narrow);
      SplittableRandom random = new SplittableRandom(1);
      Map<String, String> contents = new ConcurrentHashMap<>();
      for (int i = 0; i < MEMORIES; i++) {
        put(cluster, before, "m" + i, text(random), contents);
      }
      Map<String, String> untouched = Map.copyOf(contents);

      cluster.models().holdAfter(MEMORIES / 2);
      join(
          cluster
              .grid(1)
              .namespaces()
              .update(NAME, now -> now.movingTo(HashingModels.WIDE, HashingModels.WIDE_DIMENSION)));
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Integer> writes =
          CompletableFuture.supplyAsync(() -> writeUntil(stop, cluster, contents));

      await().until(() -> progress(cluster).moved() > MEMORIES / 3);
      cluster.kill(cluster.member(2));
      assertThat(progress(cluster).moved()).isLessThan(progress(cluster).total());
      assertAllFound(cluster.grid(1), untouched);
      cluster.join();
      cluster.models().open();
      await().until(() -> known(cluster.grid(0)).beside() == null);
      stop.set(true);
      assertThat(writes.join()).isPositive();

      // Embedded before the move, and written after it.
      put(cluster, before, "late", text(random), contents);
      for (int member = 0; member < cluster.size(); member++) {
        Namespace after = known(cluster.grid(member));
        assertThat(after.space())
            .isEqualTo(new Space(1, HashingModels.WIDE, HashingModels.WIDE_DIMENSION, SHARDS));
        assertThat(join(cluster.grid(member).memories().count(after))).isEqualTo(contents.size());
      }
      Memory one = join(cluster.grid(1).memories().get(known(cluster.grid(1)), "m7")).orElseThrow();
      assertThat(one.provenance().version()).isEqualTo(1);
    }
  }

  @Test
  void whatWasBroughtIsGivenUpWhenItTurnsBack() {
    try (TestGrid cluster = TestGrid.of(2)) {
      Space narrow = Space.first(HashingModels.NARROW, HashingModels.NARROW_DIMENSION, SHARDS);
      Namespace before = namespace(cluster.grid(0), NAME, narrow);
      SplittableRandom random = new SplittableRandom(3);
      Map<String, String> contents = new ConcurrentHashMap<>();
      for (int i = 0; i < MEMORIES; i++) {
        put(cluster, before, "m" + i, text(random), contents);
      }
      long bytes = bytes(cluster);

      cluster.models().holdAfter(MEMORIES / 2);
      move(cluster, HashingModels.WIDE, HashingModels.WIDE_DIMENSION);
      await().until(() -> progress(cluster).moved() > MEMORIES / 3);
      move(cluster, HashingModels.NARROW, HashingModels.NARROW_DIMENSION);
      put(cluster, before, "meanwhile", text(random), contents);
      cluster.models().open();
      await().until(() -> known(cluster.grid(0)).beside() == null);
      assertThat(known(cluster.grid(0)).space())
          .isEqualTo(new Space(2, HashingModels.NARROW, HashingModels.NARROW_DIMENSION, SHARDS));
      assertAllFound(cluster.grid(1), contents);
      await().until(() -> bytes(cluster) < bytes + bytes / 10);

      move(cluster, HashingModels.WIDE, HashingModels.WIDE_DIMENSION);
      await().until(() -> known(cluster.grid(0)).beside() == null);
      assertThat(known(cluster.grid(0)).model()).isEqualTo(HashingModels.WIDE);
      assertAllFound(cluster.grid(1), contents);
    }
  }

  private static long bytes(TestGrid cluster) {
    return cluster.grid(0).indexBytes() + cluster.grid(1).indexBytes();
  }

  private static void move(TestGrid cluster, String model, int dimension) {
    join(cluster.grid(0).namespaces().update(NAME, now -> now.movingTo(model, dimension)));
  }

  /** Each memory can be found when its write is answered; answers how many were written. */
  private static int writeUntil(
      AtomicBoolean stop, TestGrid cluster, Map<String, String> contents) {
    SplittableRandom random = new SplittableRandom(2);
    int written = 0;
    while (!stop.get() || written == 0) {
      LockSupport.parkNanos(THINKING_NANOS);
      String id = "w" + written;
      String content = text(random);
      put(cluster, known(cluster.grid(0)), id, content, contents);
      assertThat(found(cluster.grid(random.nextInt(2)), content)).isEqualTo(id);
      if (written % 3 == 0) {
        Namespace now = known(cluster.grid(0));
        assertThat(join(cluster.grid(0).memories().forget(now, List.of(id)))).isEqualTo(1);
        assertThat(found(cluster.grid(random.nextInt(2)), content)).isNotEqualTo(id);
        contents.remove(id);
      }
      written++;
    }
    return written;
  }

  private static void put(
      TestGrid cluster,
      Namespace namespace,
      String id,
      String content,
      Map<String, String> contents) {
    store(cluster.grid(0), namespace, write(id, content, vector(namespace, content)));
    contents.put(id, content);
  }

  private static void assertAllFound(Grid grid, Map<String, String> contents) {
    contents.forEach((id, content) -> assertThat(found(grid, content)).isEqualTo(id));
  }

  /** The id of the memory nearest to a text, asked as a client of that member would. */
  private static String found(Grid grid, String content) {
    Namespace namespace = known(grid);
    var recalled = recall(grid, namespace, vector(namespace, content), 1);
    assertThat(recalled.complete()).isTrue();
    return recalled.hits().stream().map(Hit::memory).map(Memory::id).findFirst().orElse("");
  }

  private static MemoryGrid.Progress progress(TestGrid cluster) {
    return join(cluster.grid(0).memories().progress(known(cluster.grid(0))));
  }

  private static Namespace known(Grid grid) {
    return grid.namespaces().find(NAME).orElseThrow();
  }

  private static float[] vector(Namespace namespace, String content) {
    return join(
        new HashingModels().named(namespace.model()).orElseThrow().embedQuery("asker", content));
  }

  private static String text(RandomGenerator random) {
    return random
        .ints(WORDS, 0, VOCABULARY)
        .mapToObj(word -> "word" + word)
        .collect(Collectors.joining(" "));
  }
}
