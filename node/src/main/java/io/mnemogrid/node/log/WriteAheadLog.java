package io.mnemogrid.node.log;

import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of a node.
 *
 * <p>Appending never blocks. The appends of one partition come from one thread at a time, and are
 * in the log in their order. What an append returns completes on a thread of the log, so nothing
 * that hangs on it may block: normally when the append is as safe as the {@link FsyncPolicy} says;
 * with a {@link LogBusyException} if too much waits already, and then it is not in the log; with a
 * {@link LogFailedException} if the log failed, and then it may be in the log; with a {@link
 * LogClosedException} if the log was closed.
 */
public final class WriteAheadLog implements AutoCloseable {
  private static final int BATCH_BYTES = 1 << 20;
  private static final byte[] NOTHING = {};

  private final Path folder;
  private final LogSettings settings;
  private final Consumer<LogFailedException> onFailure;
  private final AppendQueue queue;
  private final AtomicLongArray ordinals;
  private final Retention retention;
  private final LogWriter writer;
  private final Thread thread;
  private final ScheduledExecutorService syncer;
  private final AtomicReference<@Nullable LogFailedException> failure = new AtomicReference<>();
  private volatile boolean closing;
  private volatile boolean ended;

  private WriteAheadLog(
      Disk disk,
      Path folder,
      LogSettings settings,
      LogReport report,
      Consumer<LogFailedException> onFailure)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.onFailure = onFailure;
    this.queue = new AppendQueue(settings.queueBytes());
    this.ordinals = new AtomicLongArray(settings.partitions());
    report.ordinals().forEach(ordinals::set);
    this.retention = new Retention(disk, folder, report.segments(), report.floor());
    this.writer = new LogWriter(disk, folder, settings, retention, report);
    this.thread = Thread.ofPlatform().name("mnemogrid-log").daemon().unstarted(this::work);
    this.syncer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("mnemogrid-log-sync").daemon().factory());
  }

  /**
   * Goes on with the log of a folder, in a new segment.
   *
   * @param report what {@link LogReplay} said of the folder
   * @param onFailure told at most once, on a thread of the log, when the log has failed: the node
   *     then has to leave
   * @throws IOException if the new segment cannot be made
   */
  public static WriteAheadLog open(
      Disk disk,
      Path folder,
      LogSettings settings,
      LogReport report,
      Consumer<LogFailedException> onFailure)
      throws IOException {
    disk.createFolder(folder);
    int partitions = report.ordinals().keySet().stream().mapToInt(p -> p + 1).max().orElse(0);
    if (partitions > settings.partitions()) {
      throw new IOException(
          "the log in %s is of %d partitions or more, and there are to be %d"
              .formatted(folder, partitions, settings.partitions()));
    }
    WriteAheadLog log = new WriteAheadLog(disk, folder, settings, report, onFailure);
    try {
      report.clearAway(disk);
    } catch (IOException | RuntimeException e) {
      log.writer.abandon();
      throw e;
    }
    log.start();
    return log;
  }

  private void start() {
    thread.start();
    if (settings.fsync() == FsyncPolicy.GROUP) {
      long nanos = settings.groupInterval().toNanos();
      var _ =
          syncer.scheduleWithFixedDelay(
              () -> guarded(writer::sync), nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Logs a change of a partition, on the partition's thread.
   *
   * @param stamp the newest in the change
   * @param payload read back as it is; not changed any more
   */
  public CompletionStage<@Nullable Void> append(int partition, Stamp stamp, byte[] payload) {
    if (closing || isOver()) {
      return CompletableFuture.failedStage(end());
    }
    if (!queue.reserve(FrameLayout.frameBytes(payload.length))) {
      return CompletableFuture.failedStage(
          new LogBusyException(queue.bytes(), settings.queueBytes()));
    }
    return put(FrameLayout.CHANGE, partition, stamp, payload);
  }

  /**
   * The same for a piece of an image, which is in memory anyway: never refused for want of room.
   */
  public CompletionStage<@Nullable Void> appendImage(int partition, Stamp stamp, byte[] payload) {
    return append(FrameLayout.CHANGE, partition, stamp, payload);
  }

  /** Logs that a copy begins with nothing in it, on the partition's thread. */
  public CompletionStage<@Nullable Void> begin(int partition, Stamp stamp) {
    return append(FrameLayout.BEGUN, partition, stamp, NOTHING);
  }

  /**
   * Logs that the copy holds, with what was logged of it so far, all that its owner does; on the
   * partition's thread.
   */
  public CompletionStage<@Nullable Void> complete(int partition, Stamp stamp) {
    return append(FrameLayout.COMPLETED, partition, stamp, NOTHING);
  }

  /** Logs that there is no copy of the partition here any more, on the partition's thread. */
  public CompletionStage<@Nullable Void> drop(int partition, Stamp stamp) {
    return append(FrameLayout.DROPPED, partition, stamp, NOTHING);
  }

  private CompletionStage<@Nullable Void> append(
      byte kind, int partition, Stamp stamp, byte[] payload) {
    queue.take(FrameLayout.frameBytes(payload.length));
    return put(kind, partition, stamp, payload);
  }

  private CompletionStage<@Nullable Void> put(
      byte kind, int partition, Stamp stamp, byte[] payload) {
    Append append =
        new Append(kind, partition, ordinals.incrementAndGet(partition), stamp, payload);
    queue.put(append);
    if (ended) {
      failWhatWaits();
    }
    return append.confirmed();
  }

  /** Whether an append would be taken now: to be asked before a change is made. Any thread. */
  public boolean hasRoom() {
    return !isOver() && !closing && queue.hasRoom();
  }

  /**
   * The ordinal of the partition's last append; on its thread, where it says what an image holds.
   */
  public long ordinal(int partition) {
    return ordinals.get(partition);
  }

  /**
   * Up to where the log was written: before every append that has not been confirmed. Any thread.
   */
  public LogPosition written() {
    return writer.written();
  }

  /**
   * Has the disk have all that was confirmed; not on a thread that must not wait.
   *
   * @throws IOException if the log has failed
   */
  public void sync() throws IOException {
    guarded(writer::sync);
    LogFailedException failed = failure.get();
    if (failed != null) {
      throw new IOException(failed.getMessage(), failed);
    }
  }

  /**
   * Frames of a partition up to that ordinal are void: there is no copy that they are of. Else as
   * {@link #release}.
   */
  public void releaseVoid(int partition, long ordinal) throws IOException {
    retention.isVoid(partition, ordinal);
    release(partition, ordinal);
  }

  /**
   * Frames of a partition up to that ordinal are in a checkpoint: segments that nobody needs any
   * more are deleted, and the checkpoint is missed from then on if it is gone. One thread at a
   * time, not one of the log's.
   */
  public void release(int partition, long ordinal) throws IOException {
    if (writer.hasUnsyncedSegments()) {
      sync();
    }
    retention.release(partition, ordinal, writer.newestSynced());
  }

  /** The ordinal up to which frames of the partition were released since the log was opened. */
  public long released(int partition) {
    return retention.released(partition);
  }

  /** Partitions without whose checkpoints the oldest segment cannot go. Any thread. */
  public Set<Integer> pinning() {
    return retention.pinning();
  }

  /** Bytes in the full segments. Any thread. */
  public long retainedBytes() {
    return retention.bytes();
  }

  /** Bytes that wait to be written. Any thread. */
  public long queuedBytes() {
    return queue.bytes();
  }

  /** Why the log has failed; null while it has not. */
  public @Nullable LogFailedException failure() {
    return failure.get();
  }

  private void work() {
    List<Append> batch = new ArrayList<>();
    while (!isOver()) {
      queue.drainTo(batch, BATCH_BYTES);
      if (batch.isEmpty()) {
        if (closing && queue.isEmpty()) {
          break;
        }
        queue.await();
        continue;
      }
      write(batch);
      batch.clear();
    }
    if (isOver()) {
      writer.abandon();
    } else {
      guarded(writer::close);
    }
    ended = true;
    failWhatWaits();
  }

  private void write(List<Append> batch) {
    guarded(() -> {
      writer.write(batch);
      switch (settings.fsync()) {
        case COMMIT -> writer.sync();
        case OS, GROUP -> {
          if (writer.hasUnsyncedSegments()) {
            syncer.execute(() -> guarded(writer::sync));
          }
        }
      }
    });
    LogFailedException failed = failure.get();
    for (Append append : batch) {
      queue.release(append.frameBytes());
      if (failed == null) {
        append.confirmed().complete(null);
      } else {
        append.confirmed().completeExceptionally(failed);
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Does a step, and lets the log fail if it cannot be done. */
  private void guarded(Step step) {
    if (isOver()) {
      return;
    }
    try {
      step.run();
    } catch (IOException | RuntimeException | Error e) {
      LogFailedException failed = new LogFailedException(folder, e);
      if (failure.compareAndSet(null, failed)) {
        queue.wake();
        tell(failed);
      }
    }
  }

  private void tell(LogFailedException failed) {
    try {
      onFailure.accept(failed);
    } catch (RuntimeException e) {
      failed.addSuppressed(e); // whoever waits for an append has to hear of it all the same
    }
  }

  private boolean isOver() {
    return failure.get() != null;
  }

  /** Once the thread takes nothing any more: by it, and by whoever put something after that. */
  private void failWhatWaits() {
    Exception end = end();
    List<Append> left = new ArrayList<>();
    queue.drainTo(left, Long.MAX_VALUE);
    for (Append append : left) {
      queue.release(append.frameBytes());
      append.confirmed().completeExceptionally(end);
    }
  }

  private Exception end() {
    LogFailedException failed = failure.get();
    return failed == null ? new LogClosedException() : failed;
  }

  /** Writes and syncs what was appended, and ends. Waits for that; not on a thread of the log. */
  @Override
  public void close() {
    closing = true;
    queue.wake();
    boolean interrupted = false;
    boolean hasEnded = false;
    while (!hasEnded) {
      try {
        thread.join();
        syncer.shutdown();
        hasEnded = syncer.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true; // the log's end is short, and must not be cut
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
