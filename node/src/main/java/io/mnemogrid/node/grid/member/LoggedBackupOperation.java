package io.mnemogrid.node.grid.member;

import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.spi.impl.operationservice.AsynchronouslyExecutingBackupOperation;
import com.hazelcast.spi.impl.operationservice.BackupOperation;
import com.hazelcast.spi.impl.operationservice.CallStatus;
import com.hazelcast.spi.impl.operationservice.Offload;
import com.hazelcast.spi.impl.operationservice.Operation;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A change at a backup, which says that it is done once it is in the log. */
public abstract class LoggedBackupOperation extends GridOperation
    implements BackupOperation, AsynchronouslyExecutingBackupOperation {
  private transient Consumer<Operation> acknowledge = any -> {};

  protected LoggedBackupOperation(int classId) {
    super(classId);
  }

  /** Makes the change, and logs it. */
  protected abstract CompletionStage<@Nullable Void> apply(GridService service);

  @Override
  public final void setBackupOpAfterRun(Consumer<Operation> afterRun) {
    acknowledge = afterRun;
  }

  @Override
  public final CallStatus call() {
    if (!service().journal().hasRoom()) {
      // Unlike one that fails afterwards, it is then known to be missing here, and is brought.
      throw new RetryableHazelcastException("the backup's log has no room for now");
    }
    CompletionStage<@Nullable Void> logged = apply(service());
    if (logged.equals(Journal.DONE)) {
      return CallStatus.VOID;
    }
    return new Offload(this) {
      @Override
      public void start() {
        var _ =
            logged.whenComplete((done, failure) -> {
              if (failure == null) {
                acknowledge.accept(LoggedBackupOperation.this);
              }
              sendResponse(Boolean.valueOf(failure == null)); // to nobody; it ends the offload
            });
      }
    };
  }
}
