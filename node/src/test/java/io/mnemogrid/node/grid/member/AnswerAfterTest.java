package io.mnemogrid.node.grid.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.spi.impl.operationservice.Operation;
import com.hazelcast.spi.impl.operationservice.impl.responses.NormalResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an owner answers, by what its log and Hazelcast say of a change. */
class AnswerAfterTest {
  private final Operation change = new PresenceOperation();
  private final List<Object> answers = new ArrayList<>();
  private final CompletableFuture<Void> logged = new CompletableFuture<>();

  private AnswerAfter after(int leastBackups) {
    return new AnswerAfter((operation, answer) -> answers.add(answer), logged, leastBackups);
  }

  @Test
  void itWaitsForTheLog() {
    NormalResponse response = new NormalResponse("done", 1, 1, false);
    after(1).sendResponse(change, response);
    assertThat(answers).isEmpty();
    logged.complete(null);
    assertThat(answers).containsExactly(response);
  }

  @Test
  void aChangeThatIsNotLoggedIsNotDone() {
    after(0).sendResponse(change, "done");
    logged.completeExceptionally(new IOException("disk full"));
    assertThat(answers).singleElement().isInstanceOf(RetryableHazelcastException.class);
  }

  /** Its backup has left while it was made. */
  @Test
  void aChangeThatTooFewWereSentIsNotDone() {
    logged.complete(null);
    after(1).sendResponse(change, "done");
    after(2).sendResponse(change, new NormalResponse("done", 1, 1, false));
    assertThat(answers).hasSize(2).allMatch(RetryableHazelcastException.class::isInstance);
  }

  @Test
  void aFailureIsAnsweredAsItIs() {
    IllegalStateException failure = new IllegalStateException("no");
    logged.complete(null);
    after(1).sendResponse(change, failure);
    assertThat(answers).containsExactly(failure);
  }
}
