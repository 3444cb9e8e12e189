package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.model.MemoryFilter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets tombstones for those of the named memories of one part of a namespace that pass a filter.
 */
final class ForgetOperation extends OwnerOperation {
  private List<String> ids;
  private MemoryFilter filter;

  ForgetOperation(List<ShardSpec> spaces, long token, List<String> ids, MemoryFilter filter) {
    super(GridSerializerHook.FORGET, spaces, token);
    this.ids = ids;
    this.filter = filter;
  }

  @Override
  PartitionContainer.Outcome change(PartitionContainer container, int partitionVersion, long now) {
    return container.forget(spaces(), partitionVersion, ids, filter, now);
  }

  @Override
  boolean addsVectors() {
    return false;
  }

  @Override
  List<@Nullable Entry> repeated(PartitionContainer container) {
    return container.tombstones(spaces(), ids);
  }

  @Override
  List<String> ids() {
    return ids;
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    super.writeBody(out);
    Wire.writeList(ids, out, Wire::writeText);
    Wire.writeFilter(filter, out);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    super.readBody(in);
    ids = Wire.readList(in, Wire::readText);
    filter = Wire.readFilter(in);
  }
}
