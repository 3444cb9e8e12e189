package io.mnemogrid.node.log.restart;

/** What a node can say of a copy that it found on its disk after a start. */
public enum Trust {
  /** Every write that the copy ever logged and confirmed is in it. */
  WHOLE,
  /** The same, but for what was confirmed shortly before the machine lost power. */
  UNSYNCED,
  /** Something at the end of the log cannot be read. What is there is right, and may not be all. */
  DOUBTFUL,
  /** The node was still being brought the copy. */
  PARTIAL,
  /** Something in the middle is missing or cannot be read. */
  BROKEN
}
