package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.MemoryRecord;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.RecordFilter;
import io.mnemogrid.node.grid.shard.ShardEnvironment;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorMemory;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random filters on the bytes of random memories, compared with {@link NaiveFilter}. */
class FilterFuzzTest {
  private static final int MEMORIES = 60;
  private static final int FILTERS = 120;
  private static final ShardSpec SPEC = ShardSpec.usual(9, 0, 2);

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void recordsPassAFilterIfItHoldsOfTheMemoriesTheyAre(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomFilters drawn = new RandomFilters(random);
    List<MemoryRecord> records = records(random, drawn);
    List<Map<String, ?>> memories =
        records.stream().<Map<String, ?>>map(FilterFuzzTest::shown).toList();
    for (int f = 0; f < FILTERS; f++) {
      String json = Json.encode(drawn.filter(3));
      RecordFilter filter = RecordFilter.of(read(json));
      for (int i = 0; i < records.size(); i++) {
        assertThat(filter.passes(records.get(i)))
            .as("seed %d: %s of %s", seed, json, memories.get(i))
            .isEqualTo(new NaiveFilter(memories.get(i)).holds(parsed(json)));
      }
    }
  }

  /** Or the comparison would say little. */
  @Test
  void theDrawnFiltersHoldOfSomeMemoriesAndNotOfOthers() {
    SplittableRandom random = new SplittableRandom(0);
    RandomFilters drawn = new RandomFilters(random);
    List<MemoryRecord> records = records(random, drawn);
    int some = 0;
    for (int f = 0; f < 1_000; f++) {
      RecordFilter filter = RecordFilter.of(read(Json.encode(drawn.filter(3))));
      long passing = records.stream().filter(filter::passes).count();
      some += passing > 0 && passing < records.size() ? 1 : 0;
    }
    assertThat(some).isGreaterThan(300);
  }

  private static MemoryFilter read(String json) {
    return MemoryFilter.ALL.where(ConditionReader.read(parsed(json), "filter"));
  }

  private static Map<String, Object> parsed(String json) {
    return References.object(JsonText.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, ?> shown(MemoryRecord record) {
    byte[] json =
        MemoryJson.of(record.toMemory("ns", 0, 0)).encode().getBytes(StandardCharsets.UTF_8);
    Map<String, Object> memory = new HashMap<>(References.object(JsonText.parse(json)));
    // What has no condition, and whose names can be those of metadata only.
    List.of("namespace", "agent_id", "last_accessed_at", "access_count").forEach(memory::remove);
    return memory;
  }

  private static List<MemoryRecord> records(SplittableRandom random, RandomFilters drawn) {
    try (VectorMemory memory = VectorMemory.poisoning(16 << 20)) {
      PartitionContainer container =
          new PartitionContainer(
              new ShardEnvironment(memory, IndexOptions.of(2), 0, 4_096, shard -> {}));
      List<MemoryRecord> records = new ArrayList<>();
      for (int i = 0; i < MEMORIES; i++) {
        container.write(List.of(SPEC), 1, List.of(Draft.of(write("m" + i, random, drawn))), 0);
        if (random.nextInt(3) == 0) {
          container.write(List.of(SPEC), 1, List.of(Draft.of(write("m" + i, random, drawn))), 0);
        }
      }
      Objects.requireNonNull(container.shard(SPEC.key()))
          .forEach(0, entry -> records.add(entry.record()));
      container.clear();
      return records;
    }
  }

  private static MemoryWrite write(String id, SplittableRandom random, RandomFilters drawn) {
    return MemoryWrite.store(id, drawn.text() + drawn.text())
        .type(MemoryType.valueOf(drawn.one(RandomFilters.TYPES).toUpperCase(java.util.Locale.ROOT)))
        .importance(random.nextInt(11) / 10f)
        .tags(drawn.texts(0).stream().map(String.class::cast).toList())
        .metadata(random.nextInt(8) == 0 ? null : spelled(drawn.metadata(), random))
        .sessionId(random.nextBoolean() ? drawn.text() : null)
        .expiresAt(random.nextBoolean() ? Long.valueOf(random.nextLong(1, 200)) : null)
        .validFrom(random.nextBoolean() ? Long.valueOf(random.nextLong(200)) : null)
        .vector(new float[] {1, 2})
        .by(
            new MemoryWrite.Author(
                drawn.text(), drawn.text(), drawn.one(List.of(Provenance.Origin.values()))),
            random.nextLong(200) * 1_000_000)
        .build();
  }

  /** JSON in one of the ways to write it. */
  private static String spelled(Map<String, @Nullable Object> metadata, SplittableRandom random) {
    String plain = Json.encode(metadata);
    return switch (random.nextInt(3)) {
      case 0 -> plain;
      case 1 -> new JsonObject(plain).encodePrettily();
      default -> {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
          char c = plain.charAt(i);
          escaped.append(c < 128 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        yield escaped.toString();
      }
    };
  }
}
