package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.vector.VectorMemory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A write that is sent again after its answer was lost, and what others have done since. */
class RepeatedWriteTest {
  private static final int VERSION = 3;
  private static final long TOKEN = 77;
  private static final ShardSpec SPEC = ShardSpec.usual(42, 1, 4);
  private static final List<ShardSpec> SPECS = List.of(SPEC);

  private final VectorMemory memory = VectorMemory.poisoning(64 << 20);
  private final PartitionContainer owner = container(memory);
  private final PartitionContainer backup = container(memory);

  @AfterEach
  void allMemoryIsBack() {
    owner.clear();
    backup.clear();
    assertThat(memory.usedBytes()).isZero();
  }

  private PartitionContainer.Outcome write(String id) {
    Draft draft = Draft.of(store(id, "what " + id + " says", 0.5f, new float[] {1, 0, 0, 0}));
    return owner.write(SPECS, VERSION, List.of(draft), 0);
  }

  private boolean hasMovedOn(PartitionContainer container) {
    return container.hasMovedOn(TOKEN, SPECS, List.of("a", "b"));
  }

  @Test
  void onlyChangesOfItsOwnMemoriesByOthersCount() {
    PartitionContainer.Outcome first = write("a");
    DoneWrite done = owner.done(TOKEN, first.changes());
    PartitionContainer.Outcome other = write("c");
    // A backup may hear of them in another order.
    backup.apply(other.changes());
    backup.apply(first.changes());
    backup.done(done);
    assertThat(hasMovedOn(owner)).isFalse();
    assertThat(hasMovedOn(backup)).isFalse();

    PartitionContainer.Outcome later = write("a");
    backup.apply(later.changes());
    assertThat(hasMovedOn(owner)).isTrue();
    assertThat(hasMovedOn(backup)).isTrue();
  }

  /** It gets what there is now in place of what it missed, and that is another's. */
  @Test
  void aBackupThatMissedTheWriteKnowsItByItsOwnStamp() {
    owner.done(TOKEN, write("a").changes());
    write("a");
    backup.apply(owner.changesOf(SPECS, List.of("a")));
    backup.done(owner.done(TOKEN));
    assertThat(hasMovedOn(backup)).isTrue();
  }

  @Test
  void whatWasForgottenSinceWasChanged() {
    owner.done(TOKEN, write("b").changes());
    assertThat(hasMovedOn(owner)).isFalse();
    owner.forget(SPECS, VERSION, List.of("b"), MemoryFilter.ALL, 9);
    assertThat(hasMovedOn(owner)).isTrue();
  }

  @Test
  void aWriteThatFoundNothingToChangeHasMovedOnOnceThereIsSomething() {
    write("c");
    owner.done(TOKEN, Map.of());
    assertThat(hasMovedOn(owner)).isFalse();
    write("a");
    assertThat(hasMovedOn(owner)).isTrue();
  }
}
