package io.mnemogrid.node.log;

import io.mnemogrid.node.model.Stamp;

/**
 * What a frame says of a partition on this node.
 *
 * <p>Each has the partition's ordinal, from 1 and without gaps, and a stamp: the newest that the
 * copy had when it was logged.
 */
public sealed interface LogRecord {
  int partition();

  long ordinal();

  Stamp stamp();

  /** The partition changed, in a way that the grid knows to read. */
  record Change(int partition, long ordinal, Stamp stamp, byte[] payload) implements LogRecord {}

  /** A copy of the partition begins here with nothing in it; what was before is void. */
  record Begun(int partition, long ordinal, Stamp stamp) implements LogRecord {}

  /** The copy holds, with what came before, all that the partition's owner does. */
  record Completed(int partition, long ordinal, Stamp stamp) implements LogRecord {}

  /** This node has no copy of the partition any more. */
  record Dropped(int partition, long ordinal, Stamp stamp) implements LogRecord {}
}
