package io.mnemogrid.node.log;

import java.time.Duration;

/**
 * What a log is set to.
 *
 * @param partitions appends are of partitions below that number
 * @param groupInterval how long what was written waits to be synced, with {@link FsyncPolicy#GROUP}
 * @param segmentBytes size of a segment
 * @param queueBytes appends that may wait to be written; beyond, they are refused
 */
public record LogSettings(
    int partitions, FsyncPolicy fsync, Duration groupInterval, long segmentBytes, long queueBytes) {
  public static final long SEGMENT_BYTES_MIN = 4_096;

  public LogSettings {
    require(partitions > 0, "partitions", partitions);
    require(groupInterval.isPositive(), "groupInterval", groupInterval);
    require(segmentBytes >= SEGMENT_BYTES_MIN, "segmentBytes", segmentBytes);
    require(queueBytes > 0, "queueBytes", queueBytes);
  }

  public static LogSettings of(int partitions, FsyncPolicy fsync) {
    return new LogSettings(partitions, fsync, Duration.ofMillis(50), 64L << 20, 64L << 20);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s".formatted(name, value));
    }
  }
}
