package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.copy;
import static io.mnemogrid.node.grid.shard.Containers.digest;
import static io.mnemogrid.node.grid.shard.Containers.image;
import static io.mnemogrid.node.grid.shard.Containers.install;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static io.mnemogrid.node.grid.shard.Containers.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random writes, compared with a map; replicas and images, compared with the owner. */
class PartitionContainerFuzzTest {
  private static final int DIMENSION = 8;
  private static final int VERSION = 3;
  private static final ShardSpec SPEC = ShardSpec.usual(42, 0, DIMENSION);
  private static final List<ShardSpec> SPECS = List.of(SPEC);

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  private record Expected(String content, float importance, float[] vector) {}

  /** What a map would hold, and how often each id was written, when it was forgotten too. */
  private record Model(Map<String, Expected> memories, Map<String, Long> versions) {
    Model() {
      this(new HashMap<>(), new HashMap<>());
    }

    void put(String id, Expected expected) {
      memories.put(id, expected);
      versions.merge(id, 1L, Long::sum);
    }

    void remove(String id) {
      if (memories.remove(id) != null) {
        versions.merge(id, 1L, Long::sum);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ownerReplicaAndImageHoldWhatAMapWouldHold(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer owner = container(memory);
      PartitionContainer replica = container(memory);
      Model model = new Model();
      List<Map<ShardSpec, List<Change>>> late = new ArrayList<>();
      for (int step = 0; step < 400; step++) {
        PartitionContainer.Outcome outcome = step(random, owner, model);
        if (random.nextInt(4) == 0) {
          // What reaches a backup twice, or again after newer changes, must not matter.
          late.add(outcome.changes());
        }
        replica.apply(outcome.changes());
        compactOne(random, List.of(owner, replica));
      }
      Collections.shuffle(late, new Random(seed));
      late.forEach(replica::apply);

      PartitionContainer copy = container(memory);
      copy(owner, copy, 700);
      for (PartitionContainer each : List.of(owner, replica, copy)) {
        assertHolds(each, model, random);
        assertThat(digest(each, SPEC)).isEqualTo(digest(owner, SPEC));
      }
      List.of(owner, replica, copy).forEach(PartitionContainer::clear);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anImageWithAnyByteChangedIsRefusedAndChangesNothing(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer owner = container(memory);
      Model model = new Model();
      for (int step = 0; step < 40; step++) {
        step(random, owner, model);
      }
      List<byte[]> chunks = image(owner, 500);
      byte[] chunk = chunks.get(random.nextInt(chunks.size()));
      chunk[random.nextInt(chunk.length)] ^= (byte) (1 + random.nextInt(255));
      assertThatThrownBy(() -> ImageBytes.verified(chunks)).isInstanceOf(IOException.class);
      owner.clear();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void changesThatCameAfterTheImageWasMadeOutliveItsInstallation(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer owner = container(memory);
      PartitionContainer replica = container(memory);
      Model model = new Model();
      for (int step = 0; step < 60; step++) {
        step(random, owner, model);
      }
      copy(owner, replica, 1 << 20);
      List<byte[]> older = image(owner, 1 << 20);
      for (int step = 0; step < 60; step++) {
        replica.apply(step(random, owner, model).changes());
        compactOne(random, List.of(owner, replica));
      }
      install(older, replica);
      assertHolds(replica, model, random);
      assertThat(digest(replica, SPEC)).isEqualTo(digest(owner, SPEC));
      List.of(owner, replica).forEach(PartitionContainer::clear);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  private static void compactOne(SplittableRandom random, List<PartitionContainer> containers) {
    Shard shard = containers.get(random.nextInt(containers.size())).shard(SPEC.key());
    if (shard != null && random.nextInt(4) == 0) {
      boolean more = shard.compact(random.nextInt(1, 20));
      assertThat(more && shard.size() == 0).isFalse();
    }
  }

  private static PartitionContainer.Outcome step(
      SplittableRandom random, PartitionContainer owner, Model model) {
    String id = "id-" + random.nextInt(60);
    return switch (random.nextInt(4)) {
      case 0, 1 -> {
        float[] vector = vector(random);
        String content = "content é 漢 " + random.nextInt();
        float importance = random.nextInt(11) / 10f;
        model.put(id, new Expected(content, importance, vector));
        yield owner.write(
            SPECS, VERSION, List.of(Draft.of(store(id, content, importance, vector))), 0);
      }
      case 2 -> {
        float importance = random.nextInt(11) / 10f;
        Expected present = model.memories().get(id);
        if (present != null) {
          model.put(id, new Expected(present.content(), importance, present.vector()));
        }
        yield owner.write(SPECS, VERSION, List.of(Draft.of(update(id, importance))), 0);
      }
      default -> {
        model.remove(id);
        yield owner.forget(SPECS, VERSION, List.of(id, "never"), MemoryFilter.ALL, 0);
      }
    };
  }

  private static void assertHolds(
      PartitionContainer container, Model model, SplittableRandom random) {
    Shard shard = Objects.requireNonNull(container.shard(SPEC.key()));
    assertThat(shard.size()).isEqualTo(model.memories().size());
    model
        .memories()
        .forEach((id, expected) -> {
          Memory memory = shard.find(id, 0).orElseThrow().record().toMemory("ns", 0, 0);
          assertThat(memory.content()).isEqualTo(expected.content());
          assertThat(memory.importance()).isEqualTo(expected.importance());
          assertThat(memory.provenance().version()).isEqualTo(model.versions().get(id));
          assertThat(Searches.nearest(shard, expected.vector(), 1)).containsExactly(id);
        });
    assertThat(Searches.nearest(shard, vector(random), 1_000)).hasSize(model.memories().size());
  }

  private static float[] vector(SplittableRandom random) {
    return Samples.vector(random, DIMENSION);
  }
}
