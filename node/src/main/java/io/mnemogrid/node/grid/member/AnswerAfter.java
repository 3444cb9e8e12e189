package io.mnemogrid.node.grid.member;

import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.spi.impl.operationservice.Operation;
import com.hazelcast.spi.impl.operationservice.OperationResponseHandler;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Holds an owner's answer back until its log has the change. Meanwhile Hazelcast has sent the
 * backups, so that owner and backups log at the same time, and no thread of a partition waits.
 */
public final class AnswerAfter implements OperationResponseHandler<Operation> {
  private final OperationResponseHandler<Operation> answers;
  private final CompletionStage<@Nullable Void> logged;

  AnswerAfter(OperationResponseHandler<Operation> answers, CompletionStage<@Nullable Void> logged) {
    this.answers = answers;
    this.logged = logged;
  }

  @Override
  public void sendResponse(Operation operation, Object response) {
    var _ =
        logged.whenComplete((done, failure) ->
            answers.sendResponse(
                operation,
                failure == null
                    ? response
                    // The outcome is unknown. Whoever owns the partition now knows the token.
                    : new RetryableHazelcastException(
                        "the change was not logged: " + failure.getMessage(), failure)));
  }
}
