package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.memory.MemoryWrite;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores or updates memories of one shard. */
final class WriteOperation extends OwnerOperation {
  private List<MemoryWrite> writes;

  WriteOperation(ShardSpec spec, long token, List<MemoryWrite> writes) {
    super(GridSerializerHook.WRITE, spec, token);
    this.writes = writes;
  }

  @Override
  PartitionContainer.Outcome change(
      PartitionContainer container, ShardSpec shard, int partitionVersion, long now) {
    return container.write(shard, partitionVersion, writes, now);
  }

  @Override
  boolean addsVectors() {
    return true;
  }

  @Override
  List<@Nullable Entry> repeated(PartitionContainer container, ShardSpec shard) {
    return container.present(shard, ids());
  }

  @Override
  List<String> ids() {
    return writes.stream().map(MemoryWrite::id).toList();
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    super.writeBody(out);
    Wire.writeList(writes, out, Wire::writeMemoryWrite);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    super.readBody(in);
    writes = Wire.readList(in, Wire::readMemoryWrite);
  }
}
