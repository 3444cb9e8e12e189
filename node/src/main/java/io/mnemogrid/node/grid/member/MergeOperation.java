package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.Copied;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardMerge;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.vector.VectorMemoryExhausted;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Brings memories of the side of a split that gave way to the owner of a part. May be sent again.
 */
public final class MergeOperation extends MergingOperation {
  private ShardSpec into;
  private List<Copied> copies;
  private transient Map<ShardSpec, List<Change>> changes = Map.of();

  public MergeOperation(ShardSpec into, List<Copied> copies) {
    super(TypeIds.MERGE);
    this.into = into;
    this.copies = copies;
  }

  /** Whether the part is written to now, as far as this member knows. */
  static boolean isTimely(GridService service, int partitionId, ShardSpec into) {
    Namespace namespace = service.registry().namespace(into.namespaceUid());
    return namespace != null
        && service.admission().refusalToWrite(partitionId) == null
        && !service.admission().isClosed(namespace.uid())
        && namespace.writtenSpaces().stream()
            .anyMatch(space -> ShardSpec.of(namespace, space, into.shard()).equals(into));
  }

  @Override
  public void run() {
    GridService service = service();
    PartitionContainer container = service.container(getPartitionId());
    if (!isTimely(service, getPartitionId(), into)
        || !service.journal().hasRoom()
        || container.isBehind(into)) {
      return;
    }
    try {
      changes =
          ShardMerge.into(container, into, service.partitionVersion(getPartitionId()), copies);
      doneAfter(service.journal().made(getPartitionId(), LogEntry.Changes.of(changes)));
    } catch (VectorMemoryExhausted e) {
      // The answer says that it is not there.
    }
  }

  @Override
  public Operation getBackupOperation() {
    return new ApplyOperation(changes);
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeSpec(into, out);
    Wire.writeList(copies, out, Wire::writeCopied);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    into = Wire.readSpec(in);
    copies = Wire.readList(in, Wire::readCopied);
  }
}
