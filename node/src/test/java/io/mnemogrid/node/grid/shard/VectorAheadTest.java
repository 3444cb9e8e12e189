package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.VectorMemory;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A search between the moment when vectors are in the index and that when their records are. */
class VectorAheadTest {
  private static final ShardSpec SPEC = ShardSpec.usual(1, 0, 4);
  private static final float[] ASKED = {1, 0, 0, 0};
  private static final float[] FURTHER = {0.6f, 0.8f, 0, 0};

  @Test
  void whatHasNoRecordYetTakesNoHitsPlace() {
    try (VectorMemory memory = VectorMemory.poisoning(1 << 20)) {
      PartitionContainer container = Containers.container(memory);
      Draft there = Draft.of(store("there", "what is there", 0.5f, FURTHER));
      PartitionContainer.Outcome outcome = container.write(List.of(SPEC), 1, List.of(there), 0);
      Shard shard = container.openShard(SPEC);
      MemoryRecord record = Objects.requireNonNull(outcome.changes().get(SPEC)).getFirst().record();
      Prepared ahead =
          Prepared.of(shard, List.of(new Change(record, ASKED), new Change(record, ASKED)));
      assertThat(Searches.nearest(shard, ASKED, 1)).containsExactly("there");
      ahead.cancel();
      container.clear();
    }
  }
}
