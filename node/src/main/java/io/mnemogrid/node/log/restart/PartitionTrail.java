package io.mnemogrid.node.log.restart;

import io.mnemogrid.node.log.LogPosition;
import io.mnemogrid.node.log.LogRecord;
import io.mnemogrid.node.log.checkpoint.CheckpointHeader;
import io.mnemogrid.node.model.Stamp;
import java.util.Optional;

/** How far a partition has been read, and what is missing of it. */
final class PartitionTrail {
  private final int partition;
  private boolean isHere;
  private boolean isComplete;
  private Stamp last = Stamp.NONE;
  private long ordinal;
  private LogPosition at = LogPosition.START;
  private long checkpointed;
  private String broken = "";
  private String doubt = "";
  private boolean isUnsynced;

  PartitionTrail(int partition) {
    this.partition = partition;
  }

  void checkpoint(CheckpointHeader header) {
    isHere = true;
    isComplete = true;
    last = header.last();
    ordinal = header.ordinal();
    at = header.replayFrom();
    checkpointed = ordinal;
    broken = "";
    settle();
    doubt = header.doubtful() ? "its last writes may have been missing already" : "";
  }

  int partition() {
    return partition;
  }

  /** Whether a record comes after all that was read. */
  boolean isNew(LogRecord record) {
    return record.ordinal() > ordinal;
  }

  /** Whether a record comes next. */
  boolean isNext(LogRecord record) {
    return record.ordinal() == ordinal + 1;
  }

  /** Up to where of the log it is known what became of the partition. */
  LogPosition at() {
    return at;
  }

  long ordinal() {
    return ordinal;
  }

  void change(LogPosition position, LogRecord record) {
    advance(position, record);
    isHere = true;
  }

  void complete(LogPosition position, LogRecord record) {
    change(position, record);
    isComplete = true;
    settle();
  }

  /** Doubts from before are of no account: the copy was taken as it was. */
  private void settle() {
    doubt = "";
    isUnsynced = false;
  }

  void begin(LogPosition position, LogRecord record) {
    last = Stamp.NONE;
    advance(position, record);
    isHere = true;
    isComplete = false;
    broken = "";
    settle();
  }

  void drop(LogPosition position, LogRecord record) {
    begin(position, record);
    isHere = false;
    checkpointed = ordinal;
  }

  private void advance(LogPosition position, LogRecord record) {
    ordinal = record.ordinal();
    at = position;
    last = record.stamp().isAfter(last) ? record.stamp() : last;
  }

  /** The ordinal up to which the log is not needed. */
  long notNeeded() {
    return checkpointed;
  }

  boolean isDropped() {
    return !isHere && ordinal > 0 && checkpointed == ordinal;
  }

  void isBroken(String why) {
    broken = broken.isEmpty() ? why : broken;
  }

  void isDoubtful(String why) {
    doubt = doubt.isEmpty() ? why : doubt;
  }

  void isUnsynced() {
    isUnsynced = true;
  }

  /**
   * What is in the log begins after that ordinal, and nothing that was read goes so far.
   *
   * @return whether that is so
   */
  boolean lacksUpTo(long deleted, String why) {
    if (ordinal >= deleted) {
      return false;
    }
    ordinal = deleted;
    isLost(why);
    return true;
  }

  /** Whether it still is for that reason that it cannot be trusted. */
  boolean isBrokenFor(String why) {
    return broken.equals(why);
  }

  /** There was a copy, and nothing of it can be read. */
  void isLost(String why) {
    isHere = true;
    isBroken(why);
  }

  Optional<StoredCopy> copy() {
    return isHere ? Optional.of(new StoredCopy(partition, last, trust(), why())) : Optional.empty();
  }

  private Trust trust() {
    if (!broken.isEmpty()) {
      return Trust.BROKEN;
    }
    return isComplete ? absence() : Trust.PARTIAL;
  }

  /** How sure it is, where there is no copy, that there is none. */
  Trust absence() {
    if (!doubt.isEmpty()) {
      return Trust.DOUBTFUL;
    }
    return isUnsynced ? Trust.UNSYNCED : Trust.WHOLE;
  }

  private String why() {
    return switch (trust()) {
      case BROKEN -> broken;
      case PARTIAL -> "it was on its way here";
      case DOUBTFUL -> doubt;
      case UNSYNCED -> "power was lost before its last writes were synced";
      case WHOLE -> "";
    };
  }
}
