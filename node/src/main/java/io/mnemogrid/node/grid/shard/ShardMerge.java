package io.mnemogrid.node.grid.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes memories of the side of a split that gave way into the side that stands, as the owner.
 *
 * <p>Each stands or falls by the stamp that it came with. What stands gets a new one of this
 * partition, so that a replica takes it for what came after its image was made; a later one than it
 * came with, so that it is not wanted again, and does not take the place of what is written next.
 */
public final class ShardMerge {
  private ShardMerge() {}

  /** The changes that bring them to a replica, also where it missed the same ones before. */
  public static Map<ShardSpec, List<Change>> into(
      PartitionContainer container, ShardSpec spec, int partitionVersion, List<Copied> copies) {
    Shard shard = container.openShard(spec);
    List<Change> changes = new ArrayList<>(copies.size());
    for (Copied copied : copies) {
      MemoryRecord record = copied.change().record();
      boolean stands =
          shard
              .newest(copied.id())
              .filter(present -> !Rank.isBefore(present.record(), record))
              .isPresent();
      if (!stands) {
        container.noteStamp(record.stamp());
        changes.add(
            new Change(
                RecordWriter.restamped(record, container.nextStamp(partitionVersion)),
                copied.change().vector()));
      }
    }
    container.apply(Map.of(spec, changes));
    ShardCopy.carryAccesses(shard, copies);
    return container.changesOf(List.of(spec), copies.stream().map(Copied::id).toList());
  }
}
