package io.mnemogrid.node.config;

import java.time.Duration;

/**
 * What a node keeps on its disk, so that it survives the end of its process.
 *
 * @param dir a folder; each node has its own in it, named by its port in the cluster. {@code ""}
 *     keeps everything in memory alone
 * @param fsync when what was logged is brought from the operating system to the disk
 * @param fsyncInterval how long it waits for that under {@link Fsync#GROUP}
 * @param segmentBytes size of one file of the log
 * @param queueBytes changes that may wait to be logged; a store beyond them is asked to come again
 * @param checkpointInterval after which a part of the data that has changed is written anew, so
 *     that what was deleted gives its space back
 * @param keptLogBytes log beyond which parts are written anew sooner, so that it can be deleted
 * @param acceptLoss whether the cluster starts from what is there though writes that were answered
 *     may be missing
 */
public record DataConfig(
    String dir,
    Fsync fsync,
    Duration fsyncInterval,
    long segmentBytes,
    long queueBytes,
    Duration checkpointInterval,
    long keptLogBytes,
    boolean acceptLoss) {

  /** What a write survives once it is answered. */
  public enum Fsync {
    /** The end of all processes in any way, not a loss of power. */
    OS,
    /** The same, and a loss of power but for what was answered within an interval before it. */
    GROUP,
    /** A loss of power too: it is answered once synced. */
    COMMIT
  }

  public static final DataConfig DEFAULTS =
      new DataConfig(
          "data",
          Fsync.GROUP,
          Duration.ofMillis(50),
          64L << 20,
          64L << 20,
          Duration.ofMinutes(10),
          256L << 20,
          false);

  public DataConfig {
    var check = Violations.in("data");
    check.that(dir.indexOf('\0') < 0, "dir", "must be the path of a folder");
    check.range("fsyncInterval", fsyncInterval, Duration.ofMillis(1), Duration.ofMinutes(1));
    check.range("segmentBytes", segmentBytes, 64L << 10, 1L << 30);
    check.range("queueBytes", queueBytes, 1L << 20, 4L << 30);
    check.range(
        "checkpointInterval", checkpointInterval, Duration.ofSeconds(1), Duration.ofDays(1));
    check.range("keptLogBytes", keptLogBytes, 0, 1L << 44);
    check.orThrow();
  }
}
