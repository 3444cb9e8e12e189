package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.ShardSpec;
import java.io.IOException;

/** Where to read: a shard, by its key, and the partition it is in. */
public record ReadTarget(int partitionId, long shardKey) {
  /** The number of the shard within its namespace. */
  public int shard() {
    return ShardSpec.shard(shardKey);
  }

  public static void write(ReadTarget target, ObjectDataOutput out) throws IOException {
    out.writeInt(target.partitionId());
    out.writeLong(target.shardKey());
  }

  public static ReadTarget read(ObjectDataInput in) throws IOException {
    return new ReadTarget(in.readInt(), in.readLong());
  }
}
