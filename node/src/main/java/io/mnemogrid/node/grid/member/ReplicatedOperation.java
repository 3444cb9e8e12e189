package io.mnemogrid.node.grid.member;

import com.hazelcast.spi.impl.operationservice.BackupAwareOperation;
import com.hazelcast.spi.impl.operationservice.MutatingOperation;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A change at the owner of a partition that is on every backup before it is answered. */
public abstract class ReplicatedOperation extends GridOperation
    implements BackupAwareOperation, MutatingOperation {
  protected ReplicatedOperation(int classId) {
    super(classId);
  }

  /** Has the answer wait until the change is logged; to be called while the operation runs. */
  protected final void answerAfter(CompletionStage<@Nullable Void> logged) {
    if (!logged.equals(Journal.DONE)) {
      answer(logged, 0);
    }
  }

  /** The same, and until as many members as a write needs have been sent the change. */
  protected final void answerOnceReplicated(CompletionStage<@Nullable Void> logged) {
    answer(logged, service().settings().minReplicas() - 1);
  }

  @SuppressWarnings("unchecked") // the handlers of all operations take all operations
  private void answer(CompletionStage<@Nullable Void> logged, int leastBackups) {
    setOperationResponseHandler(
        new AnswerAfter(getOperationResponseHandler(), logged, leastBackups));
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
