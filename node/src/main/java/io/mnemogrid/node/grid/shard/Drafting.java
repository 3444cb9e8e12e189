package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Stamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws up the changes of one write, as the owner of a partition: what each memory is like
 * afterwards, and the stamps. What a draft asks for and is not so leaves it out.
 */
final class Drafting {
  private final PartitionContainer container;
  private final List<ShardSpec> spaces;
  private final int partitionVersion;
  private final long now;
  private final Map<ShardSpec, List<Change>> changes;
  // Two drafts of one id: the second stands on the first.
  private final Map<String, MemoryRecord> drawn = new HashMap<>();

  /**
   * @param spaces as for {@link PartitionContainer#write}
   * @param now unix seconds
   */
  Drafting(PartitionContainer container, List<ShardSpec> spaces, int partitionVersion, long now) {
    this.container = container;
    this.spaces = spaces;
    this.partitionVersion = partitionVersion;
    this.now = now;
    this.changes = PartitionContainer.noChanges(spaces);
  }

  /** Of each space; nothing is applied yet. */
  Map<ShardSpec, List<Change>> changes(List<Draft> drafts) {
    for (Draft draft : drafts) {
      MemoryWrite write = draft.write();
      MemoryRecord present = present(write.id());
      MemoryRecord visible = present != null && present.isVisibleAt(now) ? present : null;
      if (isWanted(write, visible)) {
        MemoryRecord next = next(write, present, visible, container.nextStamp(partitionVersion));
        drawn.put(write.id(), next);
        add(draft, next);
      }
    }
    return changes;
  }

  private @Nullable MemoryRecord present(String id) {
    MemoryRecord earlier = drawn.get(id);
    return earlier != null ? earlier : container.newest(spaces, id).map(Entry::record).orElse(null);
  }

  private static boolean isWanted(MemoryWrite write, @Nullable MemoryRecord visible) {
    if (visible == null) {
      return !write.mustExist() && write.onlyVersion() == null;
    }
    return write.onlyVersion() == null || visible.version() == write.onlyVersion();
  }

  private static MemoryRecord next(
      MemoryWrite write,
      @Nullable MemoryRecord present,
      @Nullable MemoryRecord visible,
      Stamp stamp) {
    if (visible == null) {
      // After one that is gone: a version that somebody read then is never that of another memory.
      return RecordWriter.created(write, stamp, present == null ? 1 : present.version() + 1);
    }
    return write.mustExist()
        ? RecordWriter.patched(visible, write, stamp)
        : RecordWriter.replaced(visible, write, stamp);
  }

  private void add(Draft draft, MemoryRecord next) {
    boolean first = true;
    for (Map.Entry<ShardSpec, List<Change>> ofSpace : changes.entrySet()) {
      Change change = new Change(next, first ? draft.write().vector() : draft.beside());
      // A memory that the space misses stays missing there until somebody brings its vector.
      if (spaces.size() == 1 || standsOnVector(ofSpace.getKey(), ofSpace.getValue(), change)) {
        ofSpace.getValue().add(change);
      }
      first = false;
    }
  }

  private boolean standsOnVector(ShardSpec space, List<Change> before, Change change) {
    String id = change.record().id();
    return change.vector() != null
        || container.openShard(space).hasVector(id)
        || before.stream().anyMatch(earlier -> earlier.record().id().equals(id));
  }
}
