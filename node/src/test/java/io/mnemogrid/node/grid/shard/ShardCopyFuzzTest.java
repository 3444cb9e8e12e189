package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.digest;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static io.mnemogrid.node.grid.shard.Containers.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RequestMark;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.vector.VectorMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random writes while a shard is copied to those that it is split into, compared with a map. */
class ShardCopyFuzzTest {
  private static final int VERSION = 3;
  private static final int STEPS = 800;
  private static final int DIMENSION = 8;
  private static final Space ONE = Space.first(Namespace.OWN_VECTORS, DIMENSION, 1);
  private static final Space TWO = new Space(1, Namespace.OWN_VECTORS, DIMENSION, 2);
  private static final ShardSpec FROM = spec(0, 0);

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatASilentShardHoldsIsInThoseThatItIsSplitInto(long seed) {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      Splitting splitting = new Splitting(seed, memory);
      for (int step = 0; step < STEPS; step++) {
        splitting.step();
      }
      splitting.finish();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void aMemoryThatIsMissingOrAnotherIsTold() {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer one = container(memory);
      PartitionContainer other = container(memory);
      for (int i = 0; i < 100; i++) {
        Draft draft = Draft.of(store("id-" + i, "content " + i, 0.5f, vector(i)));
        one.write(List.of(FROM), VERSION, List.of(draft), 0);
        // In another order, so that the stamps differ.
        Draft late = Draft.of(store("id-" + (99 - i), "content " + (99 - i), 0.5f, vector(99 - i)));
        other.write(List.of(FROM), VERSION + 1, List.of(late), 0);
      }
      ShardCopy.Digest digest = ShardCopy.Digest.of(one.shard(FROM.key()), ONE, 0);
      assertThat(digest.count()).isEqualTo(100);
      assertThat(ShardCopy.Digest.of(other.shard(FROM.key()), ONE, 0)).isEqualTo(digest);
      other.write(List.of(FROM), VERSION + 1, List.of(Draft.of(update("id-7", 0.5f))), 0);
      assertThat(ShardCopy.Digest.of(other.shard(FROM.key()), ONE, 0)).isNotEqualTo(digest);
      one.forget(List.of(FROM), VERSION, List.of("id-8"), MemoryFilter.ALL, 0);
      assertThat(ShardCopy.Digest.of(one.shard(FROM.key()), ONE, 0).count()).isEqualTo(99);
      one.clear();
      other.clear();
    }
  }

  @Test
  void itsTimeAndItsReadsGoAlong() {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer one = container(memory);
      PartitionContainer other = container(memory);
      ShardSpec into = spec(1, TWO.shardOf("a"));
      one.write(
          List.of(FROM),
          VERSION,
          List.of(Draft.of(store("a", "content", 0.5f, vector(1), 100L))),
          0);
      Shard from = Objects.requireNonNull(one.shard(FROM.key()));
      from.find("a", 0).orElseThrow().touch(50);
      other.copyIn(into, VERSION, ShardCopy.after(from, Stamp.NONE, 5).copies());
      assertThat(other.hasExpiredAt(99)).isFalse();
      assertThat(other.hasExpiredAt(100)).isTrue();
      from.find("a", 0).orElseThrow().touch(60);
      assertThat(ShardCopy.readsSince(from, 61)).isEmpty();
      other.carryReads(into, ShardCopy.readsSince(from, 60));
      Entry copied = Objects.requireNonNull(other.shard(into.key())).find("a", 0).orElseThrow();
      assertThat(copied.accessCount()).isEqualTo(2);
      assertThat(copied.lastAccessedAt())
          .isEqualTo(from.find("a", 0).orElseThrow().lastAccessedAt());
      assertThat(other.expire(VERSION, 100, _ -> false, 9)).as("not yet").isEmpty();
      assertThat(other.hasExpiredAt(100)).isTrue();
      assertThat(other.expire(VERSION, 100, _ -> true, 9)).hasSize(1);
      assertThat(other.hasExpiredAt(Long.MAX_VALUE - 1)).isFalse();
      one.clear();
      other.clear();
    }
  }

  @Test
  void anAnswerGoesWhereItsWriteWouldGoNow() {
    Map<String, Integer> shards = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      shards.put("id-" + i, TWO.shardOf("id-" + i));
    }
    List<KeptAnswer.Row> rows =
        shards.keySet().stream()
            .map(id -> RecordWriter.created(store(id, id, 0.5f, vector(1)), new Stamp(1, 1, 1), 1))
            .map(record -> new KeptAnswer.Row(record, 0, 0))
            .toList();
    RequestMark.Digest request = new RequestMark.Digest(1, 3);
    KeptAnswer answer =
        new KeptAnswer(
            new KeptAnswer.Name(42, 0, request), new RequestMark.Digest(2, 2), 9, 4, rows);
    for (int shard = 0; shard < 2; shard++) {
      int there = shard;
      KeptAnswer part = answer.in(TWO, shard).orElseThrow();
      assertThat(part.ids())
          .containsExactlyElementsOf(
              answer.ids().stream().filter(id -> Objects.equals(shards.get(id), there)).toList());
      assertThat(part.name().shard()).isEqualTo(shard);
    }
    KeptAnswer empty = new KeptAnswer(answer.name(), answer.content(), 9, 4, List.of());
    assertThat(empty.in(TWO, 1)).as("the part that knows the mark").isPresent();
    assertThat(empty.in(TWO, 0)).isEmpty();
  }

  /** The owner of a shard, those that it is split into, the latter's backups, and a map. */
  private static final class Splitting {
    private final SplittableRandom random;
    private final PartitionContainer owner;
    private final List<PartitionContainer> into;
    private final List<PartitionContainer> backups;
    private final Map<String, String> model = new HashMap<>();
    private final List<List<Copied>> sentBefore = new ArrayList<>();
    private Stamp upTo = Stamp.NONE;

    Splitting(long seed, VectorMemory memory) {
      random = new SplittableRandom(seed);
      owner = container(memory);
      // The first of the new shards is in the partition of the old one.
      into = List.of(owner, container(memory));
      backups = List.of(container(memory), container(memory));
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0 -> copySome();
        case 1 -> {
          if (random.nextInt(10) == 0) {
            upTo = Stamp.NONE; // another member leads, and begins anew
          }
        }
        default -> write();
      }
    }

    private void write() {
      String id = "id-" + random.nextInt(80);
      List<ShardSpec> from = List.of(FROM);
      switch (random.nextInt(3)) {
        case 0, 1 -> {
          String content = "content " + random.nextInt();
          Draft draft = Draft.of(store(id, content, 0.5f, vector(content.hashCode())));
          owner.write(from, VERSION, List.of(draft), 0);
          model.put(id, content);
        }
        default -> {
          owner.forget(from, VERSION, List.of(id), MemoryFilter.ALL, 0);
          model.remove(id);
        }
      }
    }

    private boolean copySome() {
      Shard shard = owner.shard(FROM.key());
      List<Copied> copies =
          shard == null ? List.of() : ShardCopy.after(shard, upTo, 1 + random.nextInt(20)).copies();
      if (copies.isEmpty()) {
        return false;
      }
      upTo = copies.getLast().change().record().stamp();
      send(copies);
      // The answer was lost, and it is sent again.
      if (random.nextInt(4) == 0) {
        send(copies);
      }
      sentBefore.add(copies);
      return true;
    }

    private void send(List<Copied> copies) {
      for (int part = 0; part < 2; part++) {
        int shard = part;
        Map<ShardSpec, List<Change>> changes =
            into.get(part)
                .copyIn(
                    spec(1, part),
                    VERSION + part,
                    copies.stream().filter(copy -> TWO.shardOf(copy.id()) == shard).toList());
        backups.get(part).apply(changes);
      }
    }

    void finish() {
      boolean more = true;
      while (more) {
        more = copySome();
      }
      assertThat(sentBefore).isNotEmpty();
      for (int part = 0; part < 2; part++) {
        ShardSpec spec = spec(1, part);
        Shard shard = Objects.requireNonNull(into.get(part).shard(spec.key()));
        assertThat(ShardCopy.Digest.of(shard, TWO, part))
            .isEqualTo(ShardCopy.Digest.of(owner.shard(FROM.key()), TWO, part));
        assertThat(digest(backups.get(part), spec)).isEqualTo(digest(into.get(part), spec));
        int there = part;
        assertThat(shard.size())
            .isEqualTo(
                (int) model.keySet().stream().filter(id -> TWO.shardOf(id) == there).count());
      }
      model.forEach((id, content) -> {
        int part = TWO.shardOf(id);
        Shard shard = Objects.requireNonNull(into.get(part).shard(spec(1, part).key()));
        MemoryRecord copied = shard.find(id, 0).orElseThrow().record();
        MemoryRecord original =
            Objects.requireNonNull(owner.shard(FROM.key())).find(id, 0).orElseThrow().record();
        assertThat(copied.toMemory("ns", 0, 0)).isEqualTo(original.toMemory("ns", 0, 0));
        assertThat(Searches.nearest(shard, vector(content.hashCode()), 1)).containsExactly(id);
      });
      into.forEach(PartitionContainer::clear);
      backups.forEach(PartitionContainer::clear);
    }
  }

  private static ShardSpec spec(int generation, int shard) {
    return new ShardSpec(
        42, shard, generation, DIMENSION, Namespace.Distance.COSINE, Namespace.DEFAULT_LANGUAGE);
  }

  private static float[] vector(long seed) {
    return Samples.vector(new SplittableRandom(seed), DIMENSION);
  }
}
