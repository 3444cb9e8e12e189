package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.recall;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.config.DataConfig.Fsync;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.RequestMark;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a cluster keeps besides its memories, after all of its members were killed. */
class RestartedStateClusterTest {
  private static final int[] ALL = {0, 1, 2};

  private final SplittableRandom random = new SplittableRandom(15);

  @Test
  void aMarkedWriteThatIsSentAgainGetsItsFirstAnswer() throws IOException {
    WriteGuard marked =
        new WriteGuard(
            Precondition.NONE,
            new RequestMark(new RequestMark.Digest(1, 2), new RequestMark.Digest(3, 4)),
            7);
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(ALL);
      Namespace namespace = namespace(cluster.grid(0), "marked", 4);
      MemoryWrite first = write("m", "the first content", vector(random));
      Memory before = writeMarked(cluster.grid(1), namespace, first, marked);
      store(cluster.grid(2), namespace, write("m", "a later content", vector(random)));
      cluster.kill(ALL);
      cluster.start(ALL);
      assertThat(writeMarked(cluster.grid(0), namespace, first, marked)).isEqualTo(before);
      assertThat(join(cluster.grid(1).memories().get(namespace, "m")).orElseThrow().content())
          .isEqualTo("a later content");
    }
  }

  private static Memory writeMarked(
      Grid grid, Namespace namespace, MemoryWrite write, WriteGuard guard) {
    return join(grid.memories().write(namespace, List.of(write), guard))
        .memories()
        .getFirst()
        .orElseThrow();
  }

  @Test
  void aNamespaceThatWasSplitComesBackInAllItsShards() throws IOException {
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.splitAbove(60);
      cluster.start(ALL);
      Namespace namespace = namespace(cluster.grid(0), "grown", 1);
      List<float[]> vectors = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        vectors.add(vector(random));
        store(cluster.grid(i % 3), namespace, write("m" + i, "content", vectors.get(i)));
      }
      await().until(() -> present(cluster, namespace).shards() >= 4);
      for (int i = 0; i < 50; i++) {
        join(cluster.grid(0).memories().forget(namespace, List.of("m" + i)));
      }
      cluster.kill(ALL);
      cluster.start(ALL);
      Namespace after = present(cluster, namespace);
      assertThat(after.shards()).isGreaterThanOrEqualTo(4);
      assertThat(join(cluster.grid(1).memories().count(after))).isEqualTo(150);
      for (int i = 50; i < 200; i++) {
        assertThat(recall(cluster.grid(i % 3), after, vectors.get(i), 1).hits())
            .first()
            .extracting(hit -> hit.memory().id())
            .isEqualTo("m" + i);
      }
    }
  }

  private static Namespace present(DurableGrid cluster, Namespace namespace) {
    return cluster.grid(0).namespaces().find(namespace.name()).orElseThrow();
  }

  @Test
  void whatHasExpiredAndANamespaceThatWasDeletedStayGone() throws IOException {
    try (DurableGrid cluster = new DurableGrid(3, Fsync.OS, random)) {
      cluster.start(ALL);
      Namespace kept = namespace(cluster.grid(0), "kept", 4);
      Namespace deleted = namespace(cluster.grid(0), "deleted", 4);
      long soon = Instant.now().getEpochSecond() + 2;
      store(cluster.grid(0), kept, write("short", "content", vector(random), soon));
      store(cluster.grid(0), kept, write("long", "content", vector(random)));
      store(cluster.grid(0), deleted, write("m", "content", vector(random)));
      join(cluster.grid(1).namespaces().delete("deleted"));
      await().until(() -> join(cluster.grid(0).memories().count(kept)) == 1);
      cluster.kill(ALL);
      cluster.start(ALL);
      assertThat(join(cluster.grid(2).memories().count(kept))).isEqualTo(1);
      assertThat(join(cluster.grid(2).memories().get(kept, "short"))).isEqualTo(Optional.empty());
      assertThat(cluster.grid(2).namespaces().find("deleted")).isEmpty();
    }
  }
}
