package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RecallOptions;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.Samples;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same memories in one shard, in sixteen over three members, and in several namespaces. */
class ShardedRecallClusterTest {
  private static final long SEED = 41;
  private static final int MEMORIES = 400;
  private static final int QUESTIONS = 25;

  /** Enough for codes to stand for the vectors, where a shard has enough of them. */
  private static final int DIMENSION = 128;

  /** Every session loses turns by it. */
  private static final MemoryFilter IMPORTANT =
      new MemoryFilter(null, 0.6f, null, List.of(), null, null, null);

  private static final List<String> WORDS =
      List.of(
          "anchor", "bridge", "candle", "desert", "engine", "forest", "garden", "harbor", "island",
          "jungle", "kettle", "ladder", "market", "needle", "orchard", "piano", "quarry", "river",
          "saddle", "temple");

  private static TestGrid grid;
  private static Namespace whole;
  private static Namespace sharded;
  private static List<Namespace> parts;

  @BeforeAll
  static void storeTheSameThreeTimes() {
    grid = TestGrid.at(InstantSource.fixed(Instant.ofEpochSecond(1_750_000_000)), 3);
    whole = namespace("whole", 1);
    sharded = namespace("sharded", 16);
    parts = IntStream.range(0, 3).mapToObj(i -> namespace("part-" + i, 1 + i)).toList();
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<MemoryWrite>> writes = new ArrayList<>();
    parts.forEach(part -> writes.add(new ArrayList<>()));
    List<MemoryWrite> all = new ArrayList<>();
    for (int i = 0; i < MEMORIES; i++) {
      MemoryWrite write = write(i, random);
      all.add(write);
      writes.get(i % parts.size()).add(write);
    }
    join(grid.grid(0).memories().write(whole, all));
    join(grid.grid(1).memories().write(sharded, all));
    for (int i = 0; i < parts.size(); i++) {
      join(grid.grid(i).memories().write(parts.get(i), writes.get(i)));
    }
  }

  private static Namespace namespace(String name, int shards) {
    return TestMemories.namespace(
        grid.grid(0), name, Space.first(Namespace.OWN_VECTORS, DIMENSION, shards));
  }

  @AfterAll
  static void stop() {
    grid.close();
  }

  private static MemoryWrite write(int i, SplittableRandom random) {
    return MemoryWrite.store(
            "m%03d".formatted(i), "Anna: number %d, %s".formatted(i, words(random, 6)))
        .importance(random.nextInt(11) / 10f)
        .sessionId(i % 4 == 0 ? null : "session-" + random.nextInt(20))
        .validFrom(1_600_000_000L + random.nextInt(200) * 86_400L)
        .vector(Samples.vector(random, DIMENSION))
        .by(Samples.AUTHOR, 1_700_000_000_000_000L + i)
        .build();
  }

  private static String words(SplittableRandom random, int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return words.toString();
  }

  @ParameterizedTest
  @EnumSource(RecallOptions.Routing.class)
  void shardsMakeNoDifference(RecallOptions.Routing routing) {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    for (int q = 0; q < QUESTIONS; q++) {
      float[] vector = Samples.vector(random, DIMENSION);
      String question = "What did Anna say in August 2020 of " + words(random, 3) + "?";
      for (MemoryFilter filter : List.of(MemoryFilter.ALL, IMPORTANT)) {
        Asked asked = new Asked(vector, question, filter);
        List<String> one = answer(0, List.of(whole), asked, routing);
        assertThat(one).as("seed %d, question %d", SEED, q).isNotEmpty();
        for (int member = 0; member < 3; member++) {
          for (Namespace namespace : List.of(whole, sharded)) { // one of them owns the whole one
            assertThat(answer(member, List.of(namespace), asked, routing))
                .as("seed %d, question %d at member %d, %s", SEED, q, member, namespace.name())
                .isEqualTo(one);
          }
        }
      }
    }
  }

  @Test
  void namespacesSearchedTogetherAreAsOneButForTheirSessions() {
    SplittableRandom random = new SplittableRandom(SEED + 2);
    for (int q = 0; q < QUESTIONS; q++) {
      float[] vector = Samples.vector(random, DIMENSION);
      Asked asked = new Asked(vector, words(random, 4), MemoryFilter.ALL);
      RecallOptions.Routing routing = RecallOptions.Routing.HYBRID;
      assertThat(
              recall(1, parts, asked, options(routing, false)).stream()
                  .map(ShardedRecallClusterTest::told)
                  .toList())
          .as("seed %d, question %d", SEED, q)
          .isEqualTo(
              recall(2, List.of(whole), asked, options(routing, false)).stream()
                  .map(ShardedRecallClusterTest::told)
                  .toList());
    }
  }

  private record Asked(float @Nullable [] vector, @Nullable String question, MemoryFilter filter) {
    Asked by(RecallOptions.Routing routing) {
      return new Asked(
          routing == RecallOptions.Routing.BM25 ? null : vector,
          routing == RecallOptions.Routing.VECTOR ? null : question,
          filter);
    }
  }

  private static List<String> answer(
      int member, List<Namespace> namespaces, Asked asked, RecallOptions.Routing routing) {
    return recall(member, namespaces, asked.by(routing), options(routing, true)).stream()
        .map(ShardedRecallClusterTest::told)
        .toList();
  }

  private static String told(Hit hit) {
    return "%s %.5f %.5f".formatted(hit.memory().id(), hit.relevance(), hit.smartScore());
  }

  private static List<Hit> recall(
      int member, List<Namespace> namespaces, Asked asked, RecallOptions options) {
    List<RecallQuery.Source> sources =
        namespaces.stream()
            .map(namespace -> new RecallQuery.Source(namespace, 1, asked.vector(), null))
            .toList();
    Recalled recalled =
        join(
            grid.grid(member)
                .memories()
                .recall(new RecallQuery(sources, asked.question(), 20, asked.filter(), options)));
    assertThat(recalled.complete()).isTrue();
    return recalled.hits();
  }

  private static RecallOptions options(RecallOptions.Routing routing, boolean neighborhood) {
    return new RecallOptions(
        routing,
        RecallOptions.Fusing.MINMAX,
        null,
        neighborhood,
        1,
        RecallOptions.Scoring.SMART,
        false,
        false);
  }
}
