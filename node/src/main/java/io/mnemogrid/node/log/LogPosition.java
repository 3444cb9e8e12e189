package io.mnemogrid.node.log;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * A place between two frames of a log.
 *
 * @param segment counts from 1
 * @param offset bytes from the begin of the segment's file
 */
public record LogPosition(long segment, long offset) implements Comparable<LogPosition> {
  private static final Comparator<LogPosition> ORDER =
      Comparator.comparingLong(LogPosition::segment).thenComparingLong(LogPosition::offset);

  /** Before the first frame of the first segment. */
  public static final LogPosition START = new LogPosition(0, 0);

  /** After the last frame that a segment can have. */
  static LogPosition endOf(long segment) {
    return new LogPosition(segment, Long.MAX_VALUE);
  }

  /** Size of a position in every binary layout. */
  public static final int BYTES = 2 * Long.BYTES;

  @Override
  public int compareTo(LogPosition other) {
    return ORDER.compare(this, other);
  }

  public boolean isAfter(LogPosition other) {
    return compareTo(other) > 0;
  }

  /** The segment's file, in the log's folder. */
  public Path file(Path folder) {
    return SegmentFiles.of(folder, segment);
  }

  @Override
  public String toString() {
    return segment + ":" + offset;
  }
}
