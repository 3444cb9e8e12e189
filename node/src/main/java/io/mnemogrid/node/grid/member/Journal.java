package io.mnemogrid.node.grid.member;

import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.log.WriteAheadLog;
import io.mnemogrid.node.model.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What this member's log says of the copies that it holds. On the thread of the partition that a
 * call is about, and in the order of its changes; never blocks. Without a log, everything is done
 * as soon as it is asked for.
 */
public final class Journal {
  static final CompletionStage<@Nullable Void> DONE = CompletableFuture.completedStage(null);

  /** What the log holds of a partition. */
  enum Copy {
    /** Nothing, and nothing that was answered is missing by that. */
    NONE,
    /** Nothing, but there may have been a copy, which nobody else may have. */
    DOUBT,
    /** A copy that is not kept any more, and is void once something is logged. */
    LEFT,
    /** Nothing yet, and what is logged first will be all there is. */
    EMPTY,
    /** Changes, without what was there before them. */
    PARTIAL,
    /** All that the owner has. */
    WHOLE
  }

  private final GridService service;
  private final AtomicReferenceArray<Copy> copies;
  private final long[] leftNanos;
  private volatile @Nullable WriteAheadLog log;

  Journal(GridService service) {
    this.service = service;
    this.copies = new AtomicReferenceArray<>(service.partitionCount());
    this.leftNanos = new long[service.partitionCount()];
    for (int i = 0; i < copies.length(); i++) {
      copies.set(i, Copy.NONE);
    }
  }

  /**
   * Begins to log.
   *
   * @param held of each partition what the log holds of it
   */
  void open(WriteAheadLog opened, Copy[] held) {
    for (int i = 0; i < held.length; i++) {
      copies.set(i, held[i]);
      leftNanos[i] = System.nanoTime();
    }
    log = opened;
  }

  /** Whether a change would be logged now: to be asked before it is made. Any thread. */
  public boolean hasRoom() {
    WriteAheadLog open = log;
    return open == null || open.hasRoom();
  }

  Copy copy(int partition) {
    return copies.get(partition);
  }

  /** Logs a change that this member made as the partition's owner. */
  public CompletionStage<@Nullable Void> made(int partition, LogEntry change) {
    own(partition);
    return append(partition, change);
  }

  /** Logs a change that the partition's owner made. */
  public CompletionStage<@Nullable Void> applied(int partition, LogEntry change) {
    return append(partition, change);
  }

  /**
   * Has the partition checkpointed again though nothing was written to it: what it has let go of
   * takes room on the disk until then.
   */
  void shrunk(int partition) {
    if (copies.get(partition) == Copy.WHOLE) {
      var _ = append(partition, LogEntry.Changes.of(Map.of()));
    }
  }

  /** Logs the image that has taken the place of what was here. */
  CompletionStage<@Nullable Void> image(int partition, List<byte[]> chunks) {
    WriteAheadLog open = log;
    if (open == null) {
      return DONE;
    }
    if (copies.get(partition) == Copy.EMPTY) {
      copies.set(partition, Copy.LEFT); // it has missed something, else nobody had sent an image
    }
    begin(open, partition);
    CompletionStage<@Nullable Void> logged = DONE;
    for (int i = 0; i < chunks.size(); i++) {
      boolean isLast = i == chunks.size() - 1;
      logged = put(open, partition, new LogEntry.ImagePiece(i, isLast, chunks.get(i)));
    }
    return copies.get(partition) == Copy.WHOLE ? logged : complete(open, partition);
  }

  /**
   * Notes that the copy was given to somebody else. The log keeps it until enough others have it in
   * theirs.
   */
  void dropped(int partition) {
    if (copies.get(partition) != Copy.DOUBT) {
      copies.set(partition, Copy.LEFT);
    }
    leftNanos[partition] = System.nanoTime();
  }

  /**
   * Logs that there is no copy, if there was none at that time, nothing has begun one since, and
   * this member is not to keep one.
   */
  void settle(int partition, long nanos) {
    WriteAheadLog open = log;
    if (open != null
        && isUnsettled(partition)
        && nanos - leftNanos[partition] > 0
        && !service.admission().isReplica(partition)) {
      var _ = open.drop(partition, stamp(partition));
      copies.set(partition, Copy.NONE);
    }
  }

  /** What the owner has is all there is, however it came by it. */
  private void own(int partition) {
    if (log != null && copies.get(partition) != Copy.WHOLE && copies.get(partition) != Copy.EMPTY) {
      var _ = image(partition, service.images().image(partition));
    }
  }

  /**
   * Of how many partitions the log holds what is not kept here any more, or a doubt whether there
   * was anything. Any thread.
   */
  public int unsettled() {
    return log == null
        ? 0
        : (int) IntStream.range(0, copies.length()).filter(this::isUnsettled).count();
  }

  private boolean isUnsettled(int partition) {
    Copy copy = copies.get(partition);
    return copy == Copy.LEFT || copy == Copy.DOUBT;
  }

  /** Whether the log does not have what this member is to keep of a partition. Any thread. */
  boolean lacksSomething() {
    return log != null
        && IntStream.range(0, copies.length())
            .filter(partition -> isUnsettled(partition) || copies.get(partition) == Copy.PARTIAL)
            .anyMatch(service.admission()::isReplica);
  }

  /**
   * Gives up a copy that was left so long ago, but for the doubt whether others have it, if this
   * member is not to keep one.
   *
   * @return whether it did; the log is then to say so
   */
  boolean becomesADoubt(int partition, Duration time) {
    if (System.nanoTime() - leftNanos[partition] < time.toNanos()
        || service.admission().isReplica(partition)) {
      return false;
    }
    copies.set(partition, Copy.DOUBT);
    return true;
  }

  /** Whether the log has not all that there may have been of a partition. */
  boolean mayLackSomeOf(int partition) {
    Copy copy = copies.get(partition);
    return log != null && copy != Copy.WHOLE && copy != Copy.EMPTY;
  }

  private CompletionStage<@Nullable Void> append(int partition, LogEntry entry) {
    WriteAheadLog open = log;
    if (open == null) {
      return DONE;
    }
    begin(open, partition);
    return put(open, partition, entry);
  }

  /**
   * Never refused for want of room: the change is in memory already. Whoever made it has asked for
   * room before.
   */
  private CompletionStage<@Nullable Void> put(WriteAheadLog open, int partition, LogEntry entry) {
    return open.appendImage(partition, stamp(partition), LogEntry.encode(entry));
  }

  private void begin(WriteAheadLog open, int partition) {
    switch (copies.get(partition)) {
      case NONE, DOUBT, LEFT -> {
        var _ = open.begin(partition, Stamp.NONE);
        copies.set(partition, Copy.PARTIAL);
      }
      case EMPTY -> {
        var _ = open.begin(partition, Stamp.NONE);
        var _ = complete(open, partition);
      }
      case PARTIAL, WHOLE -> {}
    }
  }

  /** Of a copy that is not whole yet. */
  private CompletionStage<@Nullable Void> complete(WriteAheadLog open, int partition) {
    copies.set(partition, Copy.WHOLE);
    return open.complete(partition, stamp(partition));
  }

  private Stamp stamp(int partition) {
    return service.container(partition).last();
  }
}
