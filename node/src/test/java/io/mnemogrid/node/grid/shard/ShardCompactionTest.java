package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.lexical.Bm25;
import io.mnemogrid.node.lexical.LexicalQuery;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.vector.VectorMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shards that give back the memory of what they have lost. */
class ShardCompactionTest {
  private static final int DIMENSION = 8;
  private static final int MEMORIES = 40;
  private static final int ROUNDS = 1_000;
  private static final int READERS = 2;
  private static final long SEED = 20_261_126;
  private static final ShardSpec SPEC = ShardSpec.usual(7, 0, DIMENSION);

  @Test
  void oneThatHasLostAllIsSearchedAndFilledAgain() {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer container = container(memory);
      fill(container);
      container.forget(List.of(SPEC), 1, ids(), MemoryFilter.ALL, 0);
      Shard shard = Objects.requireNonNull(container.shard(SPEC.key()));
      assertThat(shard.isSparse()).isTrue();
      while (shard.maintain(MEMORIES) > 0) {
        // What is in the graph still keeps its slot.
      }
      assertThat(shard.compact(MEMORIES)).isFalse();
      assertThat(shard.isSparse()).isFalse();
      assertThat(memory.usedBytes()).isZero();
      assertThat(Searches.nearest(shard, vector(1), 1)).isEmpty();
      fill(container);
      assertThat(Searches.nearest(shard, vector(1), 1)).containsExactly("m1");
      container.clear();
    }
  }

  /** Of each memory whose words are found the similarity is asked, and its vector. */
  @Test
  void whatIsFoundByItsWordsMayMoveOrBeForgottenMeanwhile() {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer container = container(memory);
      fill(container);
      Shard shard = Objects.requireNonNull(container.shard(SPEC.key()));
      AtomicBoolean stop = new AtomicBoolean();
      List<CompletableFuture<Void>> readers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
        for (int i = 0; i < READERS; i++) {
          readers.add(CompletableFuture.runAsync(() -> readUntil(stop::get, shard), threads));
        }
        try {
          SplittableRandom random = new SplittableRandom(SEED);
          for (int i = 0; i < ROUNDS; i++) {
            List<String> some = ids().subList(random.nextInt(MEMORIES / 2), MEMORIES);
            container.forget(List.of(SPEC), 1, some, MemoryFilter.ALL, 0);
            shard.compact(random.nextInt(1, MEMORIES));
            fill(container);
          }
        } finally {
          stop.set(true);
        }
      }
      for (CompletableFuture<Void> reader : readers) {
        assertThat(reader).as("seed " + SEED).isCompleted();
      }
      container.clear();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  private static void readUntil(BooleanSupplier end, Shard shard) {
    List<String> terms = List.of("content");
    LexicalQuery words = new LexicalQuery(terms, shard.statistics(terms), Bm25.DEFAULT);
    Question question =
        new Question(vector(0), words, Set.of(), List.of(), MemoryFilter.ALL, false);
    while (!end.getAsBoolean()) {
      try {
        ShardSearch.Result found =
            new ShardSearch(question, ReadTime.unlimited(0)).best(List.of(shard), MEMORIES);
        assertThat(found.wordiest()).hasSizeLessThanOrEqualTo(MEMORIES);
        for (String id : ids()) {
          shard.vector(id, 0).ifPresent(vector -> assertThat(vector[0]).isNotNaN());
        }
      } catch (ShardGoneException e) {
        // Changed faster than it could be searched: sent away, never answered wrongly.
      }
    }
  }

  private static void fill(PartitionContainer container) {
    for (int i = 0; i < MEMORIES; i++) {
      Draft draft = Draft.of(store("m" + i, "content " + i, 0.5f, vector(i)));
      container.write(List.of(SPEC), 1, List.of(draft), 0);
    }
  }

  private static List<String> ids() {
    return IntStream.range(0, MEMORIES).mapToObj(i -> "m" + i).toList();
  }

  private static float[] vector(int number) {
    return Samples.vector(new SplittableRandom(number), DIMENSION);
  }
}
