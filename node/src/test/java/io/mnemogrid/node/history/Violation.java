package io.mnemogrid.node.history;

/**
 * Something that cannot have been seen, had the cluster kept its promises.
 *
 * @param seen the operation that shows it
 * @param expected what it should have shown, in words
 */
public record Violation(Kind kind, Operation seen, String expected) {
  /** What is wrong. */
  public enum Kind {
    /** An acknowledged write is not seen, by this read or any later one. */
    LOST,
    /** What was deleted, and acknowledged as such, is there again. */
    RESURRECTED,
    /** An older state is shown than an operation before had acknowledged or shown. */
    STALE_READ,
    /** What is shown was never written, or was refused. */
    NEVER_WRITTEN,
    /** More increments are counted than were asked for. */
    COUNTED_TWICE
  }

  @Override
  public String toString() {
    return "%s: %s, expected %s".formatted(kind, seen, expected);
  }
}
