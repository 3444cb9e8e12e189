package io.mnemogrid.node.log;

import io.mnemogrid.node.log.FrameLayout.Header;
import io.mnemogrid.node.log.LogChain.Part;
import io.mnemogrid.node.log.LogReport.End;
import io.mnemogrid.node.log.LogReport.LogDamage;
import io.mnemogrid.node.log.SegmentReader.Frame;
import io.mnemogrid.node.log.disk.Damage;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its begin to its end, and tells what it finds.
 *
 * <p>Where no frame is to be found though the log goes on, there is damage: it is noted, and
 * reading goes on with the next frame, if there is one; the ordinals show whose frames are missing.
 * It is different at the end. What a process or a machine that stopped had under way may be there
 * in part; nothing of it was confirmed, and the log ends before it. A machine that lost power may
 * moreover have lost any part of what was not synced: if there is a gap and nothing after it says
 * that more was synced, the log ends at the gap.
 */
public final class LogReplay {
  private static final int MARKED_BYTES = LogPosition.BYTES;

  private final Disk disk;
  private final Visitor visitor;
  private final LogChain chain;
  private final List<LogDamage> damages = new ArrayList<>();
  private final Map<Integer, Long> ordinals = new HashMap<>();
  private final List<Retention.Use> segments = new ArrayList<>();
  private final List<Path> voidFiles = new ArrayList<>();
  private LogPosition end = LogPosition.START;
  private LogPosition durable = LogPosition.START;
  private LogPosition latestMark = LogPosition.START;
  private boolean isLatestMarkKnown;
  private boolean isClosed = true;
  private boolean isTorn;
  private boolean isDoubtful;

  /** Is told what is read, in the order of the log. */
  public interface Visitor {
    /**
     * A segment begins.
     *
     * @param before what may be missing at the end of what was before: {@link End#UNSYNCED} and
     *     {@link End#DOUBTFUL} as of a log that ends so, {@link End#WHOLE} for nothing
     */
    void segment(LogPosition at, End before);

    void record(LogPosition at, LogRecord record) throws IOException;
  }

  private LogReplay(Disk disk, Path folder, Visitor visitor) throws IOException {
    this.disk = disk;
    this.visitor = visitor;
    this.chain = LogChain.of(disk, folder);
    damages.addAll(chain.damages());
    voidFiles.addAll(chain.voidFiles());
    isDoubtful = chain.isNewestUnreadable();
  }

  /**
   * Reads the log of a folder, which nobody writes to.
   *
   * @throws IOException if the disk fails, or the visitor does; damage is not an exception
   */
  public static LogReport read(Disk disk, Path folder, Visitor visitor) throws IOException {
    return new LogReplay(disk, folder, visitor).report();
  }

  private LogReport report() throws IOException {
    List<Part> parts = chain.parts();
    for (int i = 0; i < parts.size(); i++) {
      if (!read(i)) {
        parts.subList(i + 1, parts.size()).forEach(part -> voidFiles.add(part.file()));
        break;
      }
    }
    damages.sort((one, other) -> one.at().compareTo(other.at()));
    return new LogReport(
        ending(parts),
        end,
        durable,
        damages,
        ordinals,
        segments,
        voidFiles,
        chain.unreadableFiles(),
        chain.nextSegment(),
        chain.floor());
  }

  private End ending(List<Part> parts) {
    if (isDoubtful) {
      return End.DOUBTFUL;
    }
    if (isClosed) {
      return End.CLOSED;
    }
    SegmentHeader newest = parts.getLast().header();
    if (!isOfThisBoot(newest) && newest.fsync() != FsyncPolicy.COMMIT) {
      return End.UNSYNCED;
    }
    return isTorn ? End.TORN : End.WHOLE;
  }

  private boolean isOfThisBoot(SegmentHeader header) {
    UUID boot = disk.boot();
    return header.boot().equals(boot);
  }

  /** Reads a part; false if the log ends within it though there are later ones. */
  private boolean read(int index) throws IOException {
    Part part = chain.parts().get(index);
    visitor.segment(part.at(SegmentHeader.BYTES), part.header().before());
    isClosed = false;
    advanceDurable(part.header().durable());
    try (DiskFile file = disk.open(part.file())) {
      SegmentReader reader = new SegmentReader(file, part.header());
      PartReader frames = new PartReader(index, part, reader);
      boolean goesOn = frames.read();
      end = part.at(frames.at);
      segments.add(
          new Retention.Use(
              part.header().number(), part.file(), frames.at, Map.copyOf(frames.lastOrdinals)));
      return goesOn;
    }
  }

  private void advanceDurable(LogPosition position) {
    durable = position.isAfter(durable) ? position : durable;
  }

  /** Whether anything that lies after an offset says that what is there had been synced. */
  private boolean wasSynced(int index, SegmentReader reader, long at) throws IOException {
    LogPosition position = chain.parts().get(index).at(at);
    if (!durable.isAfter(position) && !latestMark.isAfter(position) && !isLatestMarkKnown) {
      latestMark = durableBy(index, reader, at);
      isLatestMarkKnown = true; // whatever comes later is a part of what was looked through
    }
    return durable.isAfter(position) || latestMark.isAfter(position);
  }

  private LogPosition durableBy(int index, SegmentReader reader, long from) throws IOException {
    List<Part> parts = chain.parts();
    LogPosition known = latest(durable, marks(reader, from));
    for (Part later : parts.subList(index + 1, parts.size())) {
      known = latest(known, later.header().durable());
      try (DiskFile file = disk.open(later.file())) {
        known = latest(known, marks(new SegmentReader(file, later.header()), SegmentHeader.BYTES));
      }
    }
    return known;
  }

  private static LogPosition latest(LogPosition one, LogPosition other) {
    return one.isAfter(other) ? one : other;
  }

  private static LogPosition marks(SegmentReader reader, long from) throws IOException {
    LogPosition known = LogPosition.START;
    long at = reader.nextSound(from);
    while (at >= 0) {
      Frame frame = reader.frame(at);
      byte[] payload = frame == null ? null : frame.payload();
      if (frame == null || payload == null) {
        at = reader.nextSound(at + FrameLayout.ALIGNMENT);
        continue;
      }
      switch (frame.header().kind()) {
        case FrameLayout.DURABLE -> known = latest(known, position(payload));
        case FrameLayout.CLOSED ->
            known = latest(known, new LogPosition(reader.segment().number(), at));
        default -> {}
      }
      at = reader.nextSound(at + frame.bytes());
    }
    return known;
  }

  private static LogPosition position(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload, 0, MARKED_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return new LogPosition(in.getLong(), in.getLong());
  }

  /** Offsets between which nothing can be read, and whose it was. */
  private record Hole(long from, long to, int partition) {
    Hole(long from, long to) {
      this(from, to, FrameLayout.NO_PARTITION);
    }
  }

  /** Goes through one part. */
  private final class PartReader {
    private final int index;
    private final Part part;
    private final SegmentReader reader;
    private final boolean isLast;
    private final Map<Integer, Long> lastOrdinals = new HashMap<>();
    private long at = SegmentHeader.BYTES;

    PartReader(int index, Part part, SegmentReader reader) {
      this.index = index;
      this.part = part;
      this.reader = reader;
      this.isLast = index == chain.parts().size() - 1;
    }

    /** False if the log ends here though there are later parts. */
    boolean read() throws IOException {
      while (at < part.limit()) {
        Frame frame = reader.frame(at);
        byte[] payload = frame == null ? null : frame.payload();
        if (frame != null && payload != null) {
          take(frame.header(), payload);
          at += frame.bytes();
        } else if (part.limit() == LogChain.OPEN_END && reader.isBlank(at)) {
          break;
        } else if (isWhereTheLogEnds()) {
          return isLast;
        } else if (!part.isLinked()) {
          // Where the log went on from here is unknown: what lies behind the gap may be void.
          damaged(
              new Hole(at, LogChain.OPEN_END), "there is no frame here, and the next is missing");
          break;
        } else if (!skip(frame)) {
          break;
        }
      }
      if (reader.isCut() && (isLast || reader.size() < part.limit())) {
        damaged(
            new Hole(reader.size(), part.limit()),
            "it was cut: it had %d bytes",
            part.header().capacity());
        isDoubtful |= isLast;
      }
      return true;
    }

    /** Whether what comes is the rest of something that was under way when all stopped. */
    private boolean isWhereTheLogEnds() throws IOException {
      boolean isTornWrite = isLast && isTornWrite();
      boolean isLostWithPower =
          !isTornWrite
              && !isOfThisBoot(chain.parts().getLast().header())
              && !reader.isCut()
              && !wasSynced(index, reader, at);
      isTorn |= isTornWrite || isLostWithPower;
      return isTornWrite || isLostWithPower;
    }

    /** Whether a frame stops in its middle, and only zeros follow. */
    private boolean isTornWrite() throws IOException {
      if (reader.isCut()) {
        return false;
      }
      Header header = reader.header(at);
      int endMark = header == null ? 0 : header.length() + 1;
      return reader.isBlank(at + FrameLayout.HEADER_BYTES + endMark - 1);
    }

    /** Notes damage and goes on behind it; false if there is nothing behind it. */
    private boolean skip(@Nullable Frame frame) throws IOException {
      if (frame != null) {
        Header header = frame.header();
        damaged(
            new Hole(at, at + frame.bytes(), header.partition()),
            "the frame of %d bytes is not what was written",
            frame.bytes());
        note(header);
        at += frame.bytes();
        return true;
      }
      long next = reader.nextSound(at + FrameLayout.ALIGNMENT);
      boolean isRest = next < 0 || next > part.limit();
      if (isRest && reader.isCut() && reader.isBlank(at)) {
        return false;
      }
      damaged(
          new Hole(at, isRest ? part.limit() : next),
          isRest
              ? "there is no frame here, nor after it"
              : "there is no frame here up to offset %d",
          next);
      if (!isRest) {
        at = next;
        return true;
      }
      isDoubtful |= isLast;
      if (part.limit() != LogChain.OPEN_END) {
        at = part.limit();
      }
      return false;
    }

    private void damaged(Hole hole, String what, Object... values) {
      damages.add(
          new LogDamage(
              new Damage(part.file(), hole.from(), what.formatted(values)),
              part.at(hole.from()),
              part.at(hole.to()),
              hole.partition()));
    }

    private void take(Header header, byte[] payload) throws IOException {
      isClosed = header.kind() == FrameLayout.CLOSED;
      switch (header.kind()) {
        case FrameLayout.DURABLE -> advanceDurable(position(payload));
        case FrameLayout.CLOSED -> {}
        default -> {
          note(header);
          visitor.record(part.at(at), record(header, payload));
        }
      }
    }

    private void note(Header header) {
      if (header.partition() != FrameLayout.NO_PARTITION) {
        lastOrdinals.put(header.partition(), header.ordinal());
        ordinals.put(header.partition(), header.ordinal());
      }
    }
  }

  private static LogRecord record(Header header, byte[] payload) {
    int partition = header.partition();
    long ordinal = header.ordinal();
    return switch (header.kind()) {
      case FrameLayout.CHANGE -> new LogRecord.Change(partition, ordinal, header.stamp(), payload);
      case FrameLayout.BEGUN -> new LogRecord.Begun(partition, ordinal, header.stamp());
      case FrameLayout.COMPLETED -> new LogRecord.Completed(partition, ordinal, header.stamp());
      case FrameLayout.DROPPED -> new LogRecord.Dropped(partition, ordinal, header.stamp());
      default -> throw new IllegalArgumentException("no record is of kind " + header.kind());
    };
  }
}
