package io.mnemogrid.node.app;

import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.Verdict;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryId;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.RecallOptions;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Space;
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
        new Namespace(
            name,
            new SplittableRandom(name.hashCode()).nextLong() >>> (Long.SIZE - MemoryId.UID_BITS),
            space,
            null,
            false,
            Namespace.Distance.COSINE,
            Namespace.DEFAULT_LANGUAGE,
            Namespace.Deduplication.OFF,
            null,
            null,
            0,
            1);
    return join(grid.namespaces().create(draft)).namespace();
  }

  static float[] vector(RandomGenerator random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  static MemoryWrite write(String id, String content, float[] vector) {
    return write(id, content, vector, null);
  }

  static MemoryWrite write(String id, String content, float[] vector, @Nullable Long expiresAt) {
    return new MemoryWrite(
        id,
        false,
        content,
        MemoryType.SEMANTIC,
        0.5f,
        List.of("test"),
        "{\"a\":1}",
        "session",
        expiresAt,
        null,
        vector,
        Verdict.NONE,
        new MemoryWrite.Author("key", "author", Provenance.Origin.STORED),
        System.currentTimeMillis() * 1_000,
        null);
  }

  static Memory store(Grid grid, Namespace namespace, MemoryWrite write) {
    return join(grid.memories().write(namespace, List.of(write))).getFirst().orElseThrow();
  }

  static Recalled recall(Grid grid, Namespace namespace, float[] vector, int k) {
    return join(
        grid.memories()
            .recall(
                new RecallQuery(
                    List.of(new RecallQuery.Source(namespace, 1, vector)),
                    null,
                    k,
                    MemoryFilter.ALL,
                    BY_RELEVANCE)));
  }
}
