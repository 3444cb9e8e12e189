package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.memory.WriteGuard;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores or updates memories of one part of a namespace. */
final class WriteOperation extends OwnerOperation {
  private List<Draft> drafts;

  WriteOperation(List<ShardSpec> spaces, long token, WriteGuard guard, List<Draft> drafts) {
    super(TypeIds.WRITE, spaces, token, guard);
    this.drafts = drafts;
  }

  @Override
  PartitionContainer.Outcome change(PartitionContainer container, int partitionVersion, long now) {
    return container.write(spaces(), partitionVersion, drafts, now);
  }

  @Override
  boolean addsVectors() {
    return true;
  }

  @Override
  boolean saysWhatIsMissing() {
    return drafts.stream().anyMatch(draft -> draft.write().mustExist());
  }

  @Override
  List<@Nullable Entry> repeated(PartitionContainer container) {
    return container.present(spaces(), ids());
  }

  @Override
  List<String> ids() {
    return drafts.stream().map(Draft::id).toList();
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    super.writeBody(out);
    Wire.writeList(drafts, out, Wire::writeDraft);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    super.readBody(in);
    drafts = Wire.readList(in, Wire::readDraft);
  }
}
