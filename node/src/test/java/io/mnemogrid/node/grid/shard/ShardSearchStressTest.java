package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Searches while memories get other vectors all the time. */
class ShardSearchStressTest {
  private static final int DIMENSION = 8;
  private static final int MEMORIES = 5;
  private static final int REPLACEMENTS = 30_000;
  private static final int READERS = 3;
  private static final long SEED = 20_26;
  private static final ShardSpec SPEC = ShardSpec.usual(7, 0, DIMENSION);

  @Test
  void aMemoryIsFoundOnceWhileItsVectorIsReplaced() {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer container =
          new PartitionContainer(
              new ShardEnvironment(memory, IndexOptions.of(DIMENSION), 0, 4_096, shard -> {}));
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < MEMORIES; i++) {
        container.write(List.of(SPEC), 1, List.of(Draft.of(write("m" + i, random))), 0);
      }
      Shard shard = Objects.requireNonNull(container.shard(SPEC.key()));
      AtomicBoolean stop = new AtomicBoolean();
      List<CompletableFuture<Long>> readers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
        for (int i = 0; i < READERS; i++) {
          SplittableRandom own = random.split();
          readers.add(CompletableFuture.supplyAsync(() -> searchUntil(stop, shard, own), threads));
        }
        try {
          for (int i = 0; i < REPLACEMENTS; i++) {
            Draft draft = Draft.of(write("m" + random.nextInt(MEMORIES), random));
            container.write(List.of(SPEC), 1, List.of(draft), 0);
            if (random.nextInt(8) == 0) {
              shard.compact(MEMORIES);
            }
          }
        } finally {
          stop.set(true);
        }
      }
      assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isPositive());
      container.clear();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  /** Every search finds every memory exactly once; answers how many there were. */
  private static long searchUntil(AtomicBoolean stop, Shard shard, SplittableRandom random) {
    long searches = 0;
    while (!stop.get() || searches == 0) {
      try {
        List<String> found = Searches.nearest(shard, vector(random), 2 * MEMORIES);
        assertThat(found).as("seed " + SEED).hasSize(MEMORIES);
        assertThat(found).doesNotHaveDuplicates();
        searches++;
      } catch (ShardGoneException e) {
        // Replaced faster than it could be searched: sent away, never answered wrongly.
      }
    }
    return searches;
  }

  private static float[] vector(SplittableRandom random) {
    return Samples.vector(random, DIMENSION);
  }

  private static MemoryWrite write(String id, SplittableRandom random) {
    return Samples.store(id, "content").vector(vector(random)).build();
  }
}
