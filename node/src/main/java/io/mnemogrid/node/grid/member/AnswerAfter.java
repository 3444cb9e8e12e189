package io.mnemogrid.node.grid.member;

import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.spi.impl.operationservice.Operation;
import com.hazelcast.spi.impl.operationservice.OperationResponseHandler;
import com.hazelcast.spi.impl.operationservice.impl.responses.NormalResponse;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Holds an owner's answer back until its log has the change. Meanwhile Hazelcast has sent the
 * backups, so that owner and backups log at the same time, and no thread of a partition waits.
 *
 * <p>Hazelcast sends none to a backup that has left while the operation ran. So a change that was
 * sent to too few is not answered as done.
 */
public final class AnswerAfter implements OperationResponseHandler<Operation> {
  private final OperationResponseHandler<Operation> answers;
  private final CompletionStage<@Nullable Void> logged;
  private final int leastBackups;

  /**
   * @param leastBackups that must have been sent the change
   */
  AnswerAfter(
      OperationResponseHandler<Operation> answers,
      CompletionStage<@Nullable Void> logged,
      int leastBackups) {
    this.answers = answers;
    this.logged = logged;
    this.leastBackups = leastBackups;
  }

  @Override
  public void sendResponse(Operation operation, Object response) {
    var _ =
        logged.whenComplete((done, failure) ->
            answers.sendResponse(operation, failure == null ? answer(response) : unknown(failure)));
  }

  private Object answer(Object response) {
    return response instanceof Throwable || backups(response) >= leastBackups
        ? response
        : new RetryableHazelcastException("too few members were sent the change");
  }

  private static int backups(Object response) {
    return response instanceof NormalResponse normal ? normal.getBackupAcks() : 0;
  }

  /** The outcome is unknown. Whoever owns the partition now knows the token. */
  private static RetryableHazelcastException unknown(Throwable failure) {
    return new RetryableHazelcastException(
        "the change was not logged: " + failure.getMessage(), failure);
  }
}
