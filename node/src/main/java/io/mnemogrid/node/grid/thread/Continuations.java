package io.mnemogrid.node.grid.thread;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What follows an invocation, on a virtual thread.
 *
 * <p>Hazelcast would have it run on the common pool, or, where that has but one thread, each step
 * on a platform thread made for it alone, which takes as long as a small search. On the thread that
 * brought the answer no further operation may be begun.
 */
public final class Continuations {
  private Continuations() {}

  /** The same, with what depends on it off Hazelcast's threads. */
  public static <T> CompletionStage<T> of(CompletionStage<T> invocation) {
    return invocation.thenApplyAsync(Function.identity(), Thread::startVirtualThread);
  }
}
