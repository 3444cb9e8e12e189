package io.mnemogrid.node.history;

/**
 * One operation of one client on one key. All times are of one monotonic clock.
 *
 * @param content what was written, or what a read showed; {@link #ABSENT} if there was nothing
 * @param member that answered, for the reader of a violation
 * @param invokedNanos when it was first sent; of a read, whose unanswered tries do nothing, when
 *     the one was sent that was answered
 * @param returnedNanos when its answer was there
 */
public record Operation(
    Kind kind,
    String key,
    String content,
    String member,
    long invokedNanos,
    long returnedNanos,
    Outcome outcome) {
  /** The content of what was never written, or was deleted. */
  public static final String ABSENT = "";

  /** What is asked for. */
  public enum Kind {
    /** Writes the content; a delete writes {@link #ABSENT}. */
    WRITE,
    /** Shows the content. */
    READ,
    /** Adds one to the number that the content is. */
    INCREMENT
  }

  /** Whether this had its answer before the other was sent. */
  boolean endedBefore(Operation other) {
    return returnedNanos < other.invokedNanos;
  }

  /** Whether this was sent before the other had its answer, and so may be seen by it. */
  boolean beganBefore(Operation other) {
    return invokedNanos < other.returnedNanos;
  }
}
