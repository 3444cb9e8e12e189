package io.mnemogrid.node.grid.shard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Changes of a shard whose vectors are in the index already, ahead of their records. */
final class Prepared {
  private final Shard shard;
  private final List<Change> changes;
  private final int[] slots;

  private Prepared(Shard shard, List<Change> changes) {
    this.shard = shard;
    this.changes = changes;
    this.slots = new int[changes.size()];
  }

  /**
   * Puts the vectors into the index, all or none.
   *
   * @throws io.mnemogrid.vector.VectorIndexException if one does not fit or memory is exhausted;
   *     nothing is changed then
   */
  static Prepared of(Shard shard, List<Change> changes) {
    requireVectors(shard, changes);
    Prepared prepared = new Prepared(shard, changes);
    int done = 0;
    try {
      for (; done < prepared.slots.length; done++) {
        float[] vector = changes.get(done).vector();
        prepared.slots[done] = vector == null ? Entry.NO_SLOT : shard.insert(vector);
      }
      return prepared;
    } catch (RuntimeException e) {
      prepared.cancel(done);
      throw e;
    }
  }

  /** Before anything is changed: each record brings a vector, or stands on one that does. */
  private static void requireVectors(Shard shard, List<Change> changes) {
    Set<String> brought = new HashSet<>();
    for (Change change : changes) {
      MemoryRecord record = change.record();
      if (change.vector() != null) {
        brought.add(record.id());
      } else if (!record.isTombstone()
          && !brought.contains(record.id())
          && !shard.hasVector(record.id())) {
        throw new IllegalStateException(
            "a record came without its vector: the replica missed a change");
      }
    }
  }

  /** Applies the changes, each only if it is newer than what is there. */
  void apply() {
    for (int i = 0; i < slots.length; i++) {
      shard.apply(changes.get(i).record(), slots[i]);
    }
    shard.announceWork();
  }

  /** Takes the vectors out again. */
  void cancel() {
    cancel(slots.length);
  }

  private void cancel(int first) {
    for (int i = 0; i < first; i++) {
      shard.deleteVector(slots[i]);
    }
  }
}
