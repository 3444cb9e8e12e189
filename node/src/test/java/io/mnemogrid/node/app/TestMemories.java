package io.mnemogrid.node.app;

import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RecallOptions;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.Samples;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Namespaces and writes for tests that speak to the grid itself, with vectors drawn at random. */
final class TestMemories {
  static final int DIMENSION = 16;

  private static final RecallOptions BY_RELEVANCE =
      new RecallOptions(
          RecallOptions.Routing.VECTOR,
          RecallOptions.Fusing.MINMAX,
          null,
          false,
          1,
          RecallOptions.Scoring.RELEVANCE,
          false,
          false);

  private TestMemories() {}

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  static Namespace namespace(Grid grid, String name, int shards) {
    return namespace(grid, name, Space.first(Namespace.OWN_VECTORS, DIMENSION, shards));
  }

  static Namespace namespace(Grid grid, String name, Space space) {
    Namespace draft =
        Samples.namespace(name, Namespace.drawUid(new SplittableRandom(name.hashCode())), space);
    return join(grid.namespaces().create(draft)).namespace();
  }

  static float[] vector(RandomGenerator random) {
    return Samples.vector(random, DIMENSION);
  }

  static MemoryWrite write(String id, String content, float[] vector) {
    return write(id, content, vector, null);
  }

  static MemoryWrite write(String id, String content, float[] vector, @Nullable Long expiresAt) {
    return MemoryWrite.store(id, content)
        .type(MemoryType.SEMANTIC)
        .tags(List.of("test"))
        .metadata("{\"a\":1}")
        .sessionId("session")
        .expiresAt(expiresAt)
        .vector(vector)
        .by(Samples.AUTHOR, System.currentTimeMillis() * 1_000)
        .build();
  }

  static Memory store(Grid grid, Namespace namespace, MemoryWrite write) {
    return join(grid.memories().write(namespace, List.of(write))).getFirst().orElseThrow();
  }

  static Recalled recall(Grid grid, Namespace namespace, float[] vector, int k) {
    return join(
        grid.memories()
            .recall(
                new RecallQuery(
                    List.of(new RecallQuery.Source(namespace, 1, vector, null)),
                    null,
                    k,
                    MemoryFilter.ALL,
                    BY_RELEVANCE)));
  }
}
