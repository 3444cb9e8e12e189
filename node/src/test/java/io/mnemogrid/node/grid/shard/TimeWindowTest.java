package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.recall.TimeFilter;
import io.mnemogrid.node.recall.question.TimeCue;
import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.vector.VectorMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not read for its time would not have passed. */
class TimeWindowTest {
  private static final int MEMORIES = 300;
  private static final int CONDITIONS = 400;
  private static final int NESTED = 3;
  private static final int DAY_SECONDS = 86_400;
  private static final long[] TIMES = {
    Long.MIN_VALUE / 2, -5_000_000_000L, -1, 0, 1, 1_000, 1_001, 5_000_000_000L, Long.MAX_VALUE / 2
  };
  private static final ShardSpec SPEC = ShardSpec.usual(5, 0, 4);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSearchFindsAllThatPasses(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer container = Containers.container(memory);
      for (int i = 0; i < 2 * MEMORIES; i++) { // the second half are updates
        MemoryWrite write = write(random, random.nextInt(MEMORIES));
        container.write(List.of(SPEC), 1, List.of(Draft.of(write)), 0);
      }
      Shard shard = Objects.requireNonNull(container.shard(SPEC.key()));
      for (int c = 0; c < CONDITIONS; c++) {
        Condition condition = condition(random, NESTED);
        MemoryFilter filter = MemoryFilter.ALL.where(condition);
        RecordFilter passing = RecordFilter.of(filter);
        List<String> wanted = new ArrayList<>();
        shard.forEach(
            0,
            entry -> {
              if (passing.passes(entry.record())) {
                wanted.add(entry.record().id());
              }
            });
        assertThat(Searches.nearest(shard, new float[] {1, 0, 0, 0}, MEMORIES, filter))
            .as("seed %d: %s", seed, condition)
            .containsExactlyInAnyOrderElementsOf(wanted);
      }
      container.clear();
    }
  }

  @Test
  void theTimesThatAQuestionNamesAreAWindow() {
    TimeWindow window = TimeWindow.of(TimeFilter.near(List.of(day(10_000), day(12_000)), 0));
    assertThat(List.of(9_000, 10_000, 11_000, 12_000, 13_000))
        .filteredOn(day -> window.has(day * DAY_SECONDS + DAY_SECONDS / 2))
        .containsExactly(10_000, 12_000);
  }

  private static TimeCue day(long day) {
    return new TimeCue(
        "then", day * DAY_SECONDS, (day + 1) * DAY_SECONDS, TimeCue.Grain.DAY, false);
  }

  private static Condition condition(SplittableRandom random, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      MemoryField field =
          random.nextInt(3) == 0 ? MemoryField.Own.CREATED_AT : MemoryField.Own.VALID_FROM;
      return new Condition.On(field, test(random));
    }
    List<Condition> parts =
        new ArrayList<>(
            IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(_ -> condition(random, depth - 1))
                .toList());
    return switch (random.nextInt(4)) {
      case 0 -> Condition.not(parts.getFirst());
      case 1 -> Condition.any(parts);
      case 2 -> Condition.all(parts);
      default -> {
        parts.add(
            Condition.not(new Condition.On(MemoryField.Own.VALID_FROM, new FieldTest.Exists())));
        yield Condition.all(parts);
      }
    };
  }

  private static FieldTest test(SplittableRandom random) {
    FieldTest.Order[] orders = FieldTest.Order.values();
    return switch (random.nextInt(5)) {
      case 0 -> new FieldTest.Exists();
      case 1 -> new FieldTest.Equals(value(random));
      case 2 -> new FieldTest.OneOf(List.of(value(random), value(random)));
      default ->
          new FieldTest.Compares(
              orders[random.nextInt(orders.length)],
              random.nextBoolean()
                  ? new FieldValue.Whole(time(random))
                  : new FieldValue.Real(time(random) + 0.5));
    };
  }

  private static FieldValue value(SplittableRandom random) {
    return random.nextInt(4) == 0 ? new FieldValue.Null() : new FieldValue.Whole(time(random));
  }

  private static long time(SplittableRandom random) {
    return TIMES[random.nextInt(TIMES.length)];
  }

  private static MemoryWrite write(SplittableRandom random, int id) {
    return MemoryWrite.store(Integer.toString(id), "content")
        .validFrom(random.nextBoolean() ? null : time(random))
        .vector(new float[] {1, random.nextInt(9), 1, 1})
        .by(Samples.AUTHOR, 1_000_000L * random.nextInt(2_000))
        .build();
  }
}
