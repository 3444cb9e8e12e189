package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.config.DataConfig.Fsync;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.MemoryPatch;
import io.mnemogrid.node.memory.Namespaces;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.testing.HashingModels;
import io.mnemogrid.node.testing.SteeredNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Some partitions are lost with both members that held them, while the others go on. */
class LostMemoriesClusterTest {
  private static final int MEMORIES = 200;

  @Test
  void whatMayBeLostIsNotSaidToBeAbsentUntilTheLossIsAccepted() throws IOException {
    SplittableRandom random = new SplittableRandom(21);
    try (DurableGrid cluster = new DurableGrid(5, Fsync.OS, random)) {
      cluster.start(0, 1, 2, 3, 4);
      Namespace namespace = namespace(cluster.grid(0), "before", 31);
      Set<String> lost = new TreeSet<>();
      for (int i = 0; i < MEMORIES; i++) {
        store(cluster.grid(0), namespace, write("m" + i, "content", vector(random)));
        lost.add("m" + i);
      }
      assertThat(selected(cluster.grid(0), namespace).complete()).isTrue();

      List<Integer> gone = cluster.holders(0, 0);
      List<Integer> others =
          IntStream.range(0, 5).boxed().filter(member -> !gone.contains(member)).toList();
      Grid other = cluster.grid(others.getFirst());
      cluster.kill(gone.getFirst(), gone.getLast());
      await() // reads are refused while the two that are gone are still asked
          .ignoreExceptionsMatching(e -> e.getCause() instanceof Refusal.Unavailable)
          .until(() -> !selected(other, namespace).complete());
      MemoryGrid memories = other.memories();
      MemoryGrid.Selection left = selected(other, namespace);
      left.memories().forEach(memory -> lost.remove(memory.id()));
      assertThat(lost).isNotEmpty();
      assertThat(left.missing())
          .containsAll(lost.stream().map(namespace::shardOf).collect(Collectors.toSet()));
      assertThat(join(memories.progress(namespace)).complete()).isFalse();
      Memories service = serviceOn(other);
      for (String id : lost) {
        assertThatThrownBy(() ->
                join(
                    service.update(
                        Permit.require(
                            SteeredNode.root(new SecureRandom()),
                            Action.MEMORY_UPDATE,
                            namespace.name()),
                        id,
                        MemoryPatch.importance(0.5f),
                        WriteGuard.NONE)))
            .hasCauseInstanceOf(Refusal.Unavailable.class)
            .hasMessageContaining("data.acceptLoss");
        assertThatThrownBy(() -> join(memories.get(namespace, id)))
            .hasCauseInstanceOf(Refusal.Unavailable.class)
            .hasMessageContaining("data.acceptLoss");
        assertThatThrownBy(() -> join(memories.locate(id, List.of(namespace))))
            .hasCauseInstanceOf(Refusal.Unavailable.class)
            .hasMessageContaining("data.acceptLoss");
      }
      List<String> ids = left.memories().stream().map(Memory::id).toList();
      for (String id : ids) {
        assertThat(join(memories.get(namespace, id))).isPresent();
      }
      String elsewhere =
          IntStream.iterate(0, i -> i + 1)
              .mapToObj(i -> "other" + i)
              .filter(id -> !left.missing().contains(namespace.shardOf(id)))
              .findFirst()
              .orElseThrow();
      assertThat(join(memories.get(namespace, elsewhere))).isEmpty();

      cluster.kill(others.stream().mapToInt(Integer::intValue).toArray());
      for (int member : gone) {
        cluster.disk(member).paths(path -> true).forEach(cluster.disk(member)::remove);
      }
      for (boolean accept : new boolean[] {true, false}) {
        cluster.acceptLoss(accept);
        cluster.start(0, 1, 2, 3, 4);
        MemoryGrid.Selection accepted = selected(cluster.grid(0), namespace);
        assertThat(accepted.complete()).isTrue();
        assertThat(accepted.memories())
            .extracting(Memory::id)
            .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(join(cluster.grid(0).memories().get(namespace, lost.iterator().next())))
            .isEmpty();
        cluster.kill(0, 1, 2, 3, 4);
      }
    }
  }

  private static Memories serviceOn(Grid grid) {
    HashingModels models = new HashingModels();
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    return new Memories(
        new Namespaces(grid.namespaces(), grid.memories(), models, clock, random),
        grid.memories(),
        models,
        clock,
        random);
  }

  private static MemoryGrid.Selection selected(Grid grid, Namespace namespace) {
    return join(grid.memories().select(namespace, MemoryFilter.ALL, MEMORIES));
  }
}
