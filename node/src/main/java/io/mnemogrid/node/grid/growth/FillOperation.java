package io.mnemogrid.node.grid.growth;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.member.ApplyOperation;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.ReplicatedOperation;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.Fill;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.vector.VectorMemoryExhausted;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Puts vectors into the space that a namespace moves to. Without vectors, says how many memories of
 * the shard are missing there; when it is answered, the backups miss no more than that.
 */
public final class FillOperation extends ReplicatedOperation {
  /** The answer when nothing can be filled now, for want of replicas, of memory or of patience. */
  static final int NOT_NOW = -1;

  private ShardSpec from;
  private ShardSpec into;
  private List<Fill> fills;
  private transient Map<ShardSpec, List<Change>> changes = Map.of();
  private transient int answer = NOT_NOW;

  public FillOperation(ShardSpec from, ShardSpec into, List<Fill> fills) {
    super(TypeIds.FILL);
    this.from = from;
    this.into = into;
    this.fills = fills;
  }

  @Override
  public void run() {
    GridService service = service();
    PartitionContainer container = service.container(getPartitionId());
    boolean refused =
        service.admission().refusalToWrite(getPartitionId(), from.namespaceUid()) != null
            || service.admission().isOutdated(getPartitionId(), List.of(from, into))
            || service.admission().isLeft(from)
            || container.isBehind(into)
            || !service.journal().hasRoom();
    if (refused) {
      return;
    }
    try {
      // Without vectors too: it makes the shard that is to be filled, here and on the backups.
      changes = container.fill(from, into, service.partitionVersion(getPartitionId()), fills);
      answer = fills.isEmpty() ? container.settle(from, into, service.unixSeconds()) : fills.size();
      answerAfter(service.journal().made(getPartitionId(), LogEntry.Changes.of(changes)));
    } catch (VectorMemoryExhausted e) {
      answer = NOT_NOW;
    }
  }

  @Override
  public Object getResponse() {
    return answer;
  }

  @Override
  public boolean shouldBackup() {
    return !changes.isEmpty();
  }

  @Override
  public Operation getBackupOperation() {
    return new ApplyOperation(changes);
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeSpec(from, out);
    Wire.writeSpec(into, out);
    Wire.writeList(fills, out, Wire::writeFill);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    from = Wire.readSpec(in);
    into = Wire.readSpec(in);
    fills = Wire.readList(in, Wire::readFill);
  }
}
