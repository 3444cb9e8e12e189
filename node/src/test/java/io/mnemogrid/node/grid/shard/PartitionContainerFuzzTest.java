package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.Verdict;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions;
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
  private static final ShardSpec SPEC =
      new ShardSpec(42, 0, DIMENSION, Namespace.Distance.COSINE, Namespace.DEFAULT_LANGUAGE);
  private static final MemoryWrite.Author AUTHOR =
      new MemoryWrite.Author("key", "author", Provenance.Origin.STORED);

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  private record Expected(String content, float importance, float[] vector, long version) {}

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ownerReplicaAndImageHoldWhatAMapWouldHold(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer owner = container(memory);
      PartitionContainer replica = container(memory);
      Map<String, Expected> model = new HashMap<>();
      List<List<Change>> late = new ArrayList<>();
      for (int step = 0; step < 400; step++) {
        PartitionContainer.Outcome outcome = step(random, owner, model);
        if (random.nextInt(4) == 0) {
          // What reaches a backup twice, or again after newer changes, must not matter.
          late.add(outcome.changes());
        }
        replica.apply(SPEC, outcome.changes());
      }
      Collections.shuffle(late, new Random(seed));
      late.forEach(changes -> replica.apply(SPEC, changes));

      PartitionContainer copy = container(memory);
      copy(owner, copy, 700);
      for (PartitionContainer each : List.of(owner, replica, copy)) {
        assertHolds(each, model, random);
        assertThat(digest(each)).isEqualTo(digest(owner));
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
      Map<String, Expected> model = new HashMap<>();
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
      Map<String, Expected> model = new HashMap<>();
      for (int step = 0; step < 60; step++) {
        step(random, owner, model);
      }
      copy(owner, replica, 1 << 20);
      List<byte[]> older = image(owner, 1 << 20);
      for (int step = 0; step < 60; step++) {
        replica.apply(SPEC, step(random, owner, model).changes());
      }
      install(older, replica);
      assertHolds(replica, model, random);
      assertThat(digest(replica)).isEqualTo(digest(owner));
      List.of(owner, replica).forEach(PartitionContainer::clear);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  private static PartitionContainer.Outcome step(
      SplittableRandom random, PartitionContainer owner, Map<String, Expected> model) {
    String id = "id-" + random.nextInt(60);
    return switch (random.nextInt(4)) {
      case 0, 1 -> {
        float[] vector = vector(random);
        String content = "content é 漢 " + random.nextInt();
        float importance = random.nextInt(11) / 10f;
        long version = model.containsKey(id) ? model.get(id).version() + 1 : 1;
        model.put(id, new Expected(content, importance, vector, version));
        yield owner.write(SPEC, VERSION, List.of(store(id, content, importance, vector)), 0);
      }
      case 2 -> {
        float importance = random.nextInt(11) / 10f;
        Expected present = model.get(id);
        if (present != null) {
          model.put(
              id,
              new Expected(present.content(), importance, present.vector(), present.version() + 1));
        }
        yield owner.write(SPEC, VERSION, List.of(update(id, importance)), 0);
      }
      default -> {
        model.remove(id);
        yield owner.forget(SPEC, VERSION, List.of(id, "never"), MemoryFilter.ALL, 0);
      }
    };
  }

  private static void assertHolds(
      PartitionContainer container, Map<String, Expected> model, SplittableRandom random) {
    Shard shard = Objects.requireNonNull(container.shard(SPEC.key()));
    assertThat(shard.size()).isEqualTo(model.size());
    model.forEach((id, expected) -> {
      Memory memory = shard.find(id, 0).orElseThrow().record().toMemory("ns", 0, 0);
      assertThat(memory.content()).isEqualTo(expected.content());
      assertThat(memory.importance()).isEqualTo(expected.importance());
      assertThat(memory.provenance().version()).isEqualTo(expected.version());
      assertThat(Searches.nearest(shard, expected.vector(), 1)).containsExactly(id);
    });
    assertThat(Searches.nearest(shard, vector(random), 1_000)).hasSize(model.size());
  }

  /** Every record, tombstones too, with its stamp. */
  private static List<String> digest(PartitionContainer container) {
    Shard shard = container.shard(SPEC.key());
    return shard == null
        ? List.of()
        : shard.entries().stream()
            .map(entry ->
                entry.record().id()
                    + " "
                    + entry.record().stamp()
                    + " "
                    + entry.record().isTombstone())
            .toList();
  }

  private static void copy(PartitionContainer from, PartitionContainer to, int chunkBytes)
      throws IOException {
    install(image(from, chunkBytes), to);
  }

  private static List<byte[]> image(PartitionContainer from, int chunkBytes) throws IOException {
    ImageBytes.Writer out = new ImageBytes.Writer(chunkBytes);
    PartitionImage.write(from, out.data());
    return out.finish();
  }

  private static void install(List<byte[]> chunks, PartitionContainer to) throws IOException {
    try (PartitionImage image = PartitionImage.read(ImageBytes.verified(chunks), to)) {
      to.install(image);
    }
  }

  private static PartitionContainer container(VectorMemory memory) {
    IndexOptions options =
        IndexOptions.of(DIMENSION).withTiers(new IndexOptions.Tiers(Codes.TWO_BITS, 8, 20));
    return new PartitionContainer(
        new ShardEnvironment(memory, options, 0, 4_096, shard -> shard.maintain(8)));
  }

  private static float[] vector(SplittableRandom random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static MemoryWrite store(String id, String content, float importance, float[] vector) {
    return new MemoryWrite(
        id,
        false,
        content,
        MemoryType.EPISODIC,
        importance,
        List.of("a", "b"),
        null,
        null,
        null,
        null,
        vector,
        Verdict.NONE,
        AUTHOR,
        1);
  }

  private static MemoryWrite update(String id, float importance) {
    return new MemoryWrite(
        id,
        true,
        null,
        null,
        importance,
        null,
        null,
        null,
        null,
        null,
        null,
        Verdict.NONE,
        AUTHOR,
        2);
  }
}
