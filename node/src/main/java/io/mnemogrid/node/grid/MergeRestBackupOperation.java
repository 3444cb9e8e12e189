package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.BackupOperation;
import java.io.IOException;

/** Brings to a backup what a {@link MergeRestOperation} brought to the owner. */
final class MergeRestBackupOperation extends GridOperation implements BackupOperation {
  private MergeRestOperation.Rest rest;

  MergeRestBackupOperation(MergeRestOperation.Rest rest) {
    super(GridSerializerHook.MERGE_REST_BACKUP);
    this.rest = rest;
  }

  @Override
  public void run() {
    rest.takeInto(service().container(getPartitionId()));
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    MergeWire.writeRest(rest, out);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    rest = MergeWire.readRest(in);
  }
}
