package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorMemory;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search with a filter finds as many as are wanted whenever so many pass, in every tier. */
@Tag("compiled")
class FilteredSearchTest {
  private static final int DIMENSION = 128;
  private static final int[] ONE_IN = {1_000, 300, 100, 20, 10, 2};
  private static final int QUESTIONS = 5;
  private static final long SEED = 4711;
  private static final ShardSpec SPEC = ShardSpec.usual(5, 0, DIMENSION);

  @ParameterizedTest
  @CsvSource({"exact, 100", "codes, 3000", "graph, 5000"})
  void asManyAreFoundAsAreWantedWheneverSoManyPass(String tier, int memories) {
    IndexOptions options = IndexOptions.of(DIMENSION);
    if (tier.equals("graph")) {
      options = options.withTiers(options.tiers().withLimits(128, 1_000));
    }
    try (VectorMemory memory = VectorMemory.poisoning(256 << 20)) {
      PartitionContainer container =
          new PartitionContainer(new ShardEnvironment(memory, options, 0, 100_000, shard -> {}));
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < memories; i++) {
        container.write(List.of(SPEC), 1, List.of(Draft.of(write(i, vector(random)))), 0);
      }
      Shard shard = Objects.requireNonNull(container.shard(SPEC.key()));
      while (shard.maintain(1_000) > 0) {
        // until every vector is where its tier has it
      }
      for (int oneIn : ONE_IN) {
        MemoryFilter filter = MemoryFilter.ALL.where(isOneIn(oneIn));
        int passing = (memories + oneIn - 1) / oneIn;
        for (int q = 0; q < QUESTIONS; q++) {
          float[] question = vector(random);
          for (int k : new int[] {1, 5, 50}) {
            assertThat(Searches.nearest(shard, question, k, filter))
                .as("seed %d: question %d, one in %d, k %d", SEED, q, oneIn, k)
                .hasSize(Math.min(k, passing))
                .allMatch(id -> Integer.parseInt(id) % oneIn == 0)
                .doesNotHaveDuplicates();
          }
        }
      }
      container.clear();
    }
  }

  @Test
  void aFilterIsGivenUpWhenTheTimeIsOver() {
    withMemories(
        600,
        (shard, question) -> {
          MemoryFilter filter = MemoryFilter.ALL.where(isOneIn(2));
          ReadTime over = new ReadTime(0, System.nanoTime());
          assertThatThrownBy(() -> Searches.nearest(shard, question, 5, filter, over))
              .isInstanceOf(ReadTimeoutException.class);
          assertThat(Searches.nearest(shard, question, 5, MemoryFilter.ALL, over)).hasSize(5);
          assertThat(Searches.nearest(shard, question, 5, filter)).hasSize(5);
        });
  }

  @Test
  void aFilterIsGivenUpWhenTheThreadIsToEnd() {
    withMemories(
        600,
        (shard, question) -> {
          MemoryFilter filter = MemoryFilter.ALL.where(isOneIn(2));
          Thread.currentThread().interrupt();
          try {
            assertThatThrownBy(() -> Searches.nearest(shard, question, 5, filter))
                .isInstanceOf(ReadTimeoutException.class);
          } finally {
            assertThat(Thread.interrupted()).isTrue();
          }
        });
  }

  private static void withMemories(int memories, BiConsumer<Shard, float[]> test) {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer container =
          new PartitionContainer(
              new ShardEnvironment(memory, IndexOptions.of(DIMENSION), 0, 100_000, shard -> {}));
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < memories; i++) {
        container.write(List.of(SPEC), 1, List.of(Draft.of(write(i, vector(random)))), 0);
      }
      test.accept(Objects.requireNonNull(container.shard(SPEC.key())), vector(random));
      container.clear();
    }
  }

  private static Condition isOneIn(int oneIn) {
    return new Condition.On(
        new MemoryField.Metadata("number.divisors"),
        new FieldTest.Equals(new FieldValue.Whole(oneIn)));
  }

  private static float[] vector(SplittableRandom random) {
    return Samples.vector(random, DIMENSION);
  }

  private static MemoryWrite write(int i, float[] vector) {
    List<Integer> divisors = IntStream.of(ONE_IN).filter(oneIn -> i % oneIn == 0).boxed().toList();
    return Samples.store(Integer.toString(i), "content")
        .metadata("{\"i\":%d,\"number\":{\"divisors\":%s}}".formatted(i, divisors))
        .vector(vector)
        .build();
  }
}
