package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.RequestMark;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a write from being made at the wrong time or twice.
 *
 * @param precondition of the memory, where the write is of one
 * @param mark by which the write is known when it is sent again, or null when nobody needs to know;
 *     its first answer is kept then
 * @param embeddingMs how long embedding took, as the answer that is kept says it
 */
public record WriteGuard(Precondition precondition, @Nullable RequestMark mark, int embeddingMs) {
  public static final WriteGuard NONE = new WriteGuard(Precondition.NONE, null, 0);

  /** A write that is made if the precondition holds. */
  public static WriteGuard of(Precondition precondition) {
    return new WriteGuard(precondition, null, 0);
  }

  WriteGuard embeddedIn(long ms) {
    return new WriteGuard(precondition, mark, Math.toIntExact(ms));
  }
}
