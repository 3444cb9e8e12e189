package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static io.mnemogrid.node.grid.shard.Containers.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.vector.VectorMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a shard that is written between any two of them, compared with the shard at the end. */
class ShardPageFuzzTest {
  private static final ShardSpec SPEC = ShardSpec.usual(42, 1, 4);
  private static final List<ShardSpec> SPECS = List.of(SPEC);
  private static final int MEMORIES = 6_000;
  private static final int WRITES_BETWEEN = 200;

  private final VectorMemory memory = VectorMemory.poisoning(64 << 20);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(memory.usedBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void allPagesTogetherAreTheShardAsItIsAtTheLast(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PartitionContainer owner = container(memory);
    write(owner, random, MEMORIES);
    Map<String, Copied> seen = new HashMap<>();
    Stamp upTo = Stamp.NONE;
    Stamp begun = Stamp.NONE;
    ShardPage page;
    int pages = 0;
    do {
      page = ShardPage.after(shard(owner), upTo, begun);
      assertThat(pages == 0 || page.begun().equals(begun)).as("seed %d", seed).isTrue();
      page.copies().forEach(copied -> seen.put(copied.id(), copied));
      upTo = page.upTo();
      begun = page.begun();
      pages++;
      if (page.more()) {
        write(owner, random, WRITES_BETWEEN);
      }
    } while (page.more());

    assertThat(pages).as("seed %d", seed).isGreaterThan(2);
    Map<String, Change> present = new HashMap<>();
    for (Entry entry : shard(owner).entries()) {
      if (!entry.record().isTombstone()) {
        present.put(entry.record().id(), shard(owner).changeOf(entry));
      }
    }
    seen.values().removeIf(copied -> copied.change().record().isTombstone());
    assertThat(page.memories()).as("seed %d", seed).isEqualTo(present.size());
    assertThat(seen.keySet()).as("seed %d", seed).isEqualTo(present.keySet());
    present.forEach((id, change) -> {
      Change copied = Objects.requireNonNull(seen.get(id)).change();
      assertThat(copied.record().bytes())
          .as("seed %d, %s", seed, id)
          .isEqualTo(change.record().bytes());
      assertThat(copied.vector()).as("seed %d, %s", seed, id).isEqualTo(change.vector());
      assertThat(KeptRecord.read(copied.record().bytes()).id()).isEqualTo(id);
    });
    owner.clear();
  }

  private static Shard shard(PartitionContainer owner) {
    return Objects.requireNonNull(owner.shard(SPEC.key()));
  }

  private static void write(PartitionContainer owner, SplittableRandom random, int count) {
    for (int i = 0; i < count; i++) {
      String id = "m" + random.nextInt(MEMORIES);
      if (random.nextInt(5) == 0) {
        owner.forget(SPECS, 3, List.of(id), MemoryFilter.ALL, 9);
      } else if (random.nextInt(5) == 0) {
        owner.write(SPECS, 3, List.of(Draft.of(update(id, random.nextFloat()))), 0);
      } else {
        String content = "content " + random.nextInt();
        owner.write(
            SPECS, 3, List.of(Draft.of(store(id, content, random.nextFloat(), vector(random)))), 0);
      }
    }
  }

  private static float[] vector(SplittableRandom random) {
    float[] vector = new float[4];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextFloat() - 0.5f;
    }
    return vector;
  }
}
