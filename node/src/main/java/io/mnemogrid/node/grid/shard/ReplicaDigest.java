package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;
import java.util.Arrays;

/**
 * What a replica of a partition holds, deletions and stamps too: equal for replicas that hold the
 * same, whatever came to them in which order.
 *
 * @param count of records
 * @param sum of a number a record
 */
public record ReplicaDigest(long count, long sum) {
  /** Of a replica to which nothing is written; any thread. */
  public static ReplicaDigest of(PartitionContainer container) {
    long count = 0;
    long sum = 0;
    for (Shard shard : container.shards()) {
      for (Entry entry : shard.entriesAfter(Stamp.NONE)) {
        MemoryRecord record = entry.record();
        count++;
        sum += record.likeness() * 31 + Arrays.hashCode(record.bytes()) + shard.spec().key();
      }
    }
    return new ReplicaDigest(count, sum);
  }
}
