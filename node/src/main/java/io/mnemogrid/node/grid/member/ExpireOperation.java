package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import java.util.List;
import java.util.Map;

/** Sets tombstones for memories of a partition that are past their time. */
public final class ExpireOperation extends ReplicatedOperation {
  /** So that one sweep does not keep the partition's thread for long. */
  private static final int MAX_EXPIRED = 1_000;

  private transient Map<ShardSpec, List<Change>> expired = Map.of();

  public ExpireOperation() {
    super(TypeIds.EXPIRE);
  }

  @Override
  public void run() {
    GridService service = service();
    if (service.admission().refusalToWrite(getPartitionId()) == null
        && service.journal().hasRoom()) {
      expired =
          service
              .container(getPartitionId())
              .expire(
                  service.partitionVersion(getPartitionId()),
                  service.unixSeconds(),
                  service.admission()::maySweep,
                  MAX_EXPIRED);
      if (shouldBackup()) {
        answerAfter(service.journal().made(getPartitionId(), LogEntry.Changes.of(expired)));
      }
    }
  }

  @Override
  public boolean shouldBackup() {
    return !expired.isEmpty();
  }

  @Override
  public Operation getBackupOperation() {
    return new ApplyOperation(expired);
  }

  @Override
  protected void writeBody(ObjectDataOutput out) {}

  @Override
  protected void readBody(ObjectDataInput in) {}
}
