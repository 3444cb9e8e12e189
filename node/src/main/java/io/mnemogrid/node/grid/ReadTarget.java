package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.ShardSpec;
import java.io.IOException;

/** Where to read: a shard, by its key, and the partition it is in. */
record ReadTarget(int partitionId, long shardKey) {
  /** The number of the shard within its namespace. */
  int shard() {
    return ShardSpec.shard(shardKey);
  }

  static void write(ReadTarget target, ObjectDataOutput out) throws IOException {
    out.writeInt(target.partitionId());
    out.writeLong(target.shardKey());
  }

  static ReadTarget read(ObjectDataInput in) throws IOException {
    return new ReadTarget(in.readInt(), in.readLong());
  }
}
