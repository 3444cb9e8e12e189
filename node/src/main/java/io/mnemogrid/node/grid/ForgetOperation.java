package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Precondition;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets tombstones for those of the named memories of one part of a namespace that pass a filter.
 */
final class ForgetOperation extends OwnerOperation {
  private List<String> ids;
  private MemoryFilter filter;

  ForgetOperation(List<ShardSpec> spaces, long token, Selected selected) {
    super(TypeIds.FORGET, spaces, token, WriteGuard.of(selected.precondition()));
    this.ids = selected.ids();
    this.filter = selected.filter();
  }

  /**
   * What is to be forgotten.
   *
   * @param precondition of the memory, where one is named
   */
  record Selected(List<String> ids, MemoryFilter filter, Precondition precondition) {
    static final Selected NOTHING = new Selected(List.of(), MemoryFilter.ALL, Precondition.NONE);

    Selected only(List<String> some) {
      return new Selected(List.copyOf(some), filter, precondition);
    }
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
  boolean saysWhatIsMissing() {
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
  protected void writeBody(ObjectDataOutput out) throws IOException {
    super.writeBody(out);
    Wire.writeList(ids, out, Wire::writeText);
    Wire.writeFilter(filter, out);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    super.readBody(in);
    ids = Wire.readList(in, Wire::readText);
    filter = Wire.readFilter(in);
  }
}
