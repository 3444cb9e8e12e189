package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.digest;
import static io.mnemogrid.node.grid.shard.Containers.image;
import static io.mnemogrid.node.grid.shard.Containers.install;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static io.mnemogrid.node.grid.shard.Containers.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.vector.VectorMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random writes while a part of a namespace moves from space to space, compared with a map. */
class ShardMoveFuzzTest {
  private static final int VERSION = 3;
  private static final int STEPS = 1_000;

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  private record Expected(String content, float importance, long version) {}

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingIsMissingWhereItIsAskedOnItsWayThroughManySpaces(long seed) throws IOException {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      Moves moves = new Moves(seed, memory);
      for (int step = 0; step < STEPS; step++) {
        moves.step();
      }
      moves.finish();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void aMemoryStaysAsItIsAndItsReadsGoAlong() {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer owner = container(memory);
      ShardSpec from = space(0);
      ShardSpec into = space(1);
      List<ShardSpec> first = List.of(from);
      owner.write(
          first,
          VERSION,
          List.of(Draft.of(store("a", "content", 0.5f, vector(from, "content")))),
          0);
      Entry before = Objects.requireNonNull(owner.present(first, List.of("a")).getFirst());
      before.touch(7);
      before.touch(9);
      assertThat(owner.settle(from, into, 0)).isEqualTo(1);
      owner.fill(
          from,
          into,
          VERSION,
          List.of(new Fill("a", before.record().stamp(), vector(into, "content"))));
      assertThat(owner.settle(from, into, 0)).isZero();
      Entry after = Objects.requireNonNull(owner.present(List.of(into), List.of("a")).getFirst());
      assertThat(memory(after)).isEqualTo(memory(before));
      owner.clear();
    }
  }

  private static Memory memory(Entry entry) {
    return entry.record().toMemory("ns", entry.accessCount(), entry.lastAccessedAt());
  }

  /** An owner and a replica on their way, and a map that says what they hold. */
  private static final class Moves {
    private final SplittableRandom random;
    private final long seed;
    private final PartitionContainer owner;
    private final PartitionContainer replica;
    private final Map<String, Expected> model = new HashMap<>();
    private final List<Map<ShardSpec, List<Change>>> late = new ArrayList<>();
    private final List<Fill> slow = new ArrayList<>();
    private ShardSpec asked = space(0);
    private @Nullable ShardSpec beside;
    private @Nullable List<byte[]> older;
    private int arrivals;

    Moves(long seed, VectorMemory memory) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.owner = container(memory);
      this.replica = container(memory);
    }

    void step() throws IOException {
      ShardSpec other = beside;
      switch (random.nextInt(16)) {
        case 0 -> {
          if (other == null) {
            beside = space(asked.generation() + 1);
            slow.clear();
          } else if (other.generation() < asked.generation()) {
            arrive(other);
          }
        }
        case 1, 2, 3 -> {
          if (other != null && other.generation() > asked.generation()) {
            fillOrSwitch(other);
          }
        }
        case 4 -> sendImage();
        default -> write();
      }
      if (random.nextInt(20) == 0) {
        assertHolds(owner, asked);
      }
    }

    private void arrive(ShardSpec left) {
      beside = null;
      arrivals++;
      if (random.nextBoolean()) {
        for (PartitionContainer each : List.of(owner, replica)) {
          each.dropShards(key -> key == left.key());
        }
      }
    }

    /** What was embedded a while ago may come after newer writes. */
    private void fillOrSwitch(ShardSpec into) {
      Shard from = owner.shard(asked.key());
      if (from != null) {
        new ShardMove(from, owner.shard(into.key()))
            .missing(0, 1 + random.nextInt(12))
            .forEach(entry -> slow.add(fill(into, entry.record())));
      }
      Collections.shuffle(slow, new Random(random.nextLong()));
      List<Fill> now = new ArrayList<>(slow.subList(0, random.nextInt(slow.size() + 1)));
      slow.removeAll(now);
      replicate(owner.fill(asked, into, VERSION, now));
      assertThat(owner.isOutdated(List.of(asked))).isTrue();
      assertThat(owner.isOutdated(List.of(asked, into))).isFalse();
      if (owner.settle(asked, into, 0) == 0) {
        beside = asked;
        asked = into;
      }
    }

    private static Fill fill(ShardSpec into, MemoryRecord record) {
      return new Fill(record.id(), record.stamp(), vector(into, record.content()));
    }

    private void sendImage() throws IOException {
      if (older == null) {
        older = image(owner, 700);
      } else {
        install(older, replica);
        older = null;
      }
    }

    private void write() {
      String id = "id-" + random.nextInt(60);
      List<ShardSpec> spaces = beside == null ? List.of(asked) : List.of(asked, beside);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          String content = "content é 漢 " + random.nextInt();
          float importance = random.nextInt(11) / 10f;
          Draft draft =
              new Draft(
                  store(id, content, importance, vector(asked, content)),
                  beside == null ? null : vector(beside, content));
          PartitionContainer.Outcome outcome = owner.write(spaces, VERSION, List.of(draft), 0);
          replicate(outcome.changes());
          // Of a memory that was forgotten it counts on, unless the space that knew of it was left.
          long written = Objects.requireNonNull(outcome.entries().getFirst()).record().version();
          long version = model.containsKey(id) ? model.get(id).version() + 1 : written;
          model.put(id, new Expected(content, importance, version));
        }
        case 2 -> {
          float importance = random.nextInt(11) / 10f;
          model.computeIfPresent(
              id,
              (_, present) -> new Expected(present.content(), importance, present.version() + 1));
          List<Draft> drafts = List.of(Draft.of(update(id, importance)));
          replicate(owner.write(spaces, VERSION, drafts, 0).changes());
        }
        default -> {
          model.remove(id);
          replicate(
              owner.forget(spaces, VERSION, List.of(id, "never"), MemoryFilter.ALL, 0).changes());
        }
      }
    }

    private void replicate(Map<ShardSpec, List<Change>> changes) {
      replica.apply(changes);
      if (random.nextInt(4) == 0) {
        late.add(changes);
      }
    }

    void finish() throws IOException {
      if (older != null) {
        sendImage();
      }
      // What reaches a backup twice, or again after newer changes, must not matter.
      Collections.shuffle(late, new Random(seed));
      late.forEach(replica::apply);
      assertThat(arrivals).as("moves that were made").isPositive();
      for (PartitionContainer each : List.of(owner, replica)) {
        assertHolds(each, asked);
        assertThat(digest(each, asked)).isEqualTo(digest(owner, asked));
        if (beside != null) {
          assertThat(digest(each, beside)).isEqualTo(digest(owner, beside));
        }
      }
      List.of(owner, replica).forEach(PartitionContainer::clear);
    }

    private void assertHolds(PartitionContainer container, ShardSpec space) {
      Shard shard = container.shard(space.key());
      assertThat(shard == null ? 0 : shard.size()).isEqualTo(model.size());
      model.forEach((id, expected) -> {
        Memory memory =
            Objects.requireNonNull(shard).find(id, 0).orElseThrow().record().toMemory("ns", 0, 0);
        assertThat(memory.content()).isEqualTo(expected.content());
        assertThat(memory.importance()).isEqualTo(expected.importance());
        assertThat(memory.provenance().version()).isEqualTo(expected.version());
        assertThat(Searches.nearest(shard, vector(space, expected.content()), 1))
            .containsExactly(id);
      });
    }
  }

  private static ShardSpec space(int generation) {
    return new ShardSpec(
        42,
        0,
        generation,
        8 + 4 * (generation % 3),
        Namespace.Distance.COSINE,
        Namespace.DEFAULT_LANGUAGE);
  }

  /** As a model would give it: of the text and the space alone. */
  private static float[] vector(ShardSpec space, String content) {
    return Samples.vector(
        new SplittableRandom(31L * content.hashCode() + space.generation()), space.dimension());
  }
}
