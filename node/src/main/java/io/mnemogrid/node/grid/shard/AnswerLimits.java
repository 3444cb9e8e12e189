package io.mnemogrid.node.grid.shard;

import java.time.Duration;

/**
 * How long and how many answers to marked writes a partition keeps. The oldest give way first.
 *
 * @param retention after which an answer is forgotten
 * @param most answers of a partition
 * @param bytes of the answers of a partition; the newest answer is kept even if it is larger
 */
public record AnswerLimits(Duration retention, int most, long bytes) {
  public static final AnswerLimits DEFAULTS =
      new AnswerLimits(Duration.ofHours(24), 10_000, 2L << 20);
}
