package io.mnemogrid.node.log;

import io.mnemogrid.node.log.FrameLayout.Header;
import io.mnemogrid.node.log.LogReport.End;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DiskFile;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes frames, one segment after the other. The log's thread writes; another may sync meanwhile.
 * A writer that has thrown is not used again.
 */
final class LogWriter {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int UNSYNCED_SEGMENTS_MAX = 3;
  private static final long MARK_BYTES = FrameLayout.frameBytes(LogPosition.BYTES);
  private static final byte[] NOTHING = {};

  private final Disk disk;
  private final Path folder;
  private final LogSettings settings;
  private final Retention retention;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private final Object syncing = new Object();
  private final Deque<SegmentWriter> rolled = new ArrayDeque<>();
  private SegmentWriter current;
  private volatile LogPosition durable;
  private LogPosition marked;
  private volatile long newestSynced;

  /**
   * Begins a new segment.
   *
   * @param report of what is in the folder
   */
  LogWriter(Disk disk, Path folder, LogSettings settings, Retention retention, LogReport report)
      throws IOException {
    this.disk = disk;
    this.folder = folder;
    this.settings = settings;
    this.retention = retention;
    // What was read may be in the system's memory alone, of a process that was killed.
    for (Retention.Use segment : report.segments()) {
      if (segment.number() >= report.durable().segment()) {
        try (DiskFile file = disk.open(segment.file())) {
          file.sync();
        }
      }
    }
    this.durable = report.end();
    this.marked = durable;
    this.current =
        begin(report.nextSegment(), report.ending(), report.end(), settings.segmentBytes());
    try {
      sync();
    } catch (IOException | RuntimeException e) {
      abandon();
      throw e;
    }
    this.marked = durable;
  }

  private SegmentWriter begin(long number, End before, LogPosition after, long capacity)
      throws IOException {
    SegmentHeader header =
        new SegmentHeader(
            number,
            FrameLayout.align(capacity),
            ThreadLocalRandom.current().nextLong(),
            disk.boot(),
            settings.fsync(),
            before,
            after,
            durable);
    marked = durable;
    return SegmentWriter.create(disk, folder, header, buffer);
  }

  /** Gives all of a batch to the operating system. */
  void write(List<Append> batch) throws IOException {
    if (durable.isAfter(marked)) {
      putMark();
    }
    for (Append append : batch) {
      long bytes = append.frameBytes();
      if (!current.hasRoomFor(bytes + 2 * MARK_BYTES)) {
        roll(bytes);
      }
      current.put(append);
    }
    current.flush();
  }

  private void putMark() throws IOException {
    LogPosition position = durable;
    ByteBuffer payload = ByteBuffer.allocate(LogPosition.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    payload.putLong(position.segment()).putLong(position.offset());
    if (current.hasRoomFor(2 * MARK_BYTES)) {
      current.put(mark(FrameLayout.DURABLE, payload.array()), payload.array());
    }
    marked = position;
  }

  private static Header mark(byte kind, byte[] payload) {
    return new Header(
        payload.length,
        FrameLayout.checksum(payload),
        FrameLayout.NO_PARTITION,
        0,
        Stamp.NONE,
        kind);
  }

  private void roll(long neededBytes) throws IOException {
    current.flush();
    SegmentWriter full = current;
    long capacity =
        Math.max(settings.segmentBytes(), SegmentHeader.BYTES + neededBytes + 2 * MARK_BYTES);
    SegmentWriter next = begin(full.number() + 1, End.WHOLE, full.end(), capacity);
    int unsynced;
    synchronized (rolled) {
      rolled.add(full);
      current = next;
      unsynced = rolled.size();
    }
    retention.add(full.use());
    if (unsynced > UNSYNCED_SEGMENTS_MAX) {
      sync();
    }
  }

  /** Whether full segments wait to be synced; any thread. */
  boolean hasUnsyncedSegments() {
    synchronized (rolled) {
      return !rolled.isEmpty();
    }
  }

  /** The newest segment that a loss of power cannot take; any thread. */
  long newestSynced() {
    return newestSynced;
  }

  /** Up to where the log was given to the operating system; any thread. */
  LogPosition written() {
    synchronized (rolled) {
      return current.written();
    }
  }

  /** Syncs all that was written; any thread. */
  void sync() throws IOException {
    synchronized (syncing) {
      List<SegmentWriter> full;
      SegmentWriter last;
      LogPosition written;
      synchronized (rolled) {
        full = new ArrayList<>(rolled);
        last = current;
        written = last.written();
      }
      for (SegmentWriter segment : full) {
        segment.sync();
        segment.close();
        synchronized (rolled) {
          rolled.remove(segment);
        }
      }
      boolean isNew = last.number() > newestSynced;
      if (isNew || written.isAfter(durable)) {
        last.sync();
      }
      if (isNew) {
        disk.syncFolder(folder);
        SegmentFiles.writeNewest(disk, folder, last.number());
        newestSynced = last.number();
      }
      durable = written;
    }
  }

  /** Says that nothing follows, syncs all and ends. */
  void close() throws IOException {
    current.flush();
    sync(); // first: a reader takes it that all before the mark was synced
    current.put(mark(FrameLayout.CLOSED, NOTHING), NOTHING);
    current.flush();
    sync();
    current.close();
  }

  /** Ends as it is. */
  void abandon() {
    synchronized (rolled) {
      rolled.add(current);
      for (SegmentWriter segment : rolled) {
        try {
          segment.close();
        } catch (IOException e) {
          // Nothing depends on it any more: the log has failed already.
        }
      }
    }
  }
}
