package io.mnemogrid.node.grid;

import com.hazelcast.spi.impl.operationservice.BackupAwareOperation;
import com.hazelcast.spi.impl.operationservice.MutatingOperation;

/** A change at the owner of a partition that is on every backup before it is answered. */
abstract class ReplicatedOperation extends GridOperation
    implements BackupAwareOperation, MutatingOperation {
  ReplicatedOperation(int classId) {
    super(classId);
  }

  @Override
  public final int getSyncBackupCount() {
    return service().settings().backupCount();
  }

  @Override
  public final int getAsyncBackupCount() {
    return 0;
  }
}
