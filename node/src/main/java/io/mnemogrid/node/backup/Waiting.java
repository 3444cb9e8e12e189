package io.mnemogrid.node.backup;

import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Refusal;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waiting for what the cluster does, on a thread that has nothing else to do. */
final class Waiting {
  private Waiting() {}

  /** The result, or the failure itself. */
  static <T> T on(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      Throwable cause = Failures.unwrapped(e);
      throw cause instanceof Refusal refusal ? refusal : new IllegalStateException(cause);
    }
  }
}
