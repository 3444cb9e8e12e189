package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.ShardSpec;
import java.io.IOException;

/**
 * Where to read.
 *
 * @param shardKey of the one shard, or {@link #EVERY_SHARD} of the partition
 */
record ReadTarget(int partitionId, long shardKey) {
  static final long EVERY_SHARD = -1;

  /** The number of the shard within its namespace. */
  int shard() {
    return shardKey == EVERY_SHARD ? 0 : ShardSpec.shard(shardKey);
  }

  static void write(ReadTarget target, ObjectDataOutput out) throws IOException {
    out.writeInt(target.partitionId());
    out.writeLong(target.shardKey());
  }

  static ReadTarget read(ObjectDataInput in) throws IOException {
    return new ReadTarget(in.readInt(), in.readLong());
  }
}
