package io.mnemogrid.node.log.checkpoint;

import java.time.Duration;

/**
 * When partitions are checkpointed.
 *
 * @param interval after which a partition that has changed is, so that what was deleted gives its
 *     space back
 * @param keptLogBytes full segments beyond which those partitions are that keep the oldest, so that
 *     neither the log nor a restart grows beyond it
 */
public record CheckpointSettings(Duration interval, long keptLogBytes) {
  public CheckpointSettings {
    if (!interval.isPositive() || keptLogBytes < 0) {
      throw new IllegalArgumentException(
          "an interval of %s, a log of %d bytes".formatted(interval, keptLogBytes));
    }
  }

  public static CheckpointSettings defaults() {
    return new CheckpointSettings(Duration.ofMinutes(10), 256L << 20);
  }
}
