package io.mnemogrid.node.config;

import java.time.Duration;

/**
 * How long and how many first answers to writes with an {@code Idempotency-Key} are kept. When a
 * limit is reached, the oldest give way.
 *
 * @param retention after which an answer is forgotten
 * @param maxAnswers of one partition
 * @param maxBytes of the answers of one partition
 */
public record IdempotencyConfig(Duration retention, int maxAnswers, long maxBytes) {
  public static final IdempotencyConfig DEFAULTS =
      new IdempotencyConfig(Duration.ofHours(24), 10_000, 2L << 20);

  public IdempotencyConfig {
    var check = Violations.in("idempotency");
    check.range("retention", retention, Duration.ofMinutes(1), Duration.ofDays(30));
    check.range("maxAnswers", maxAnswers, 1, 1_000_000);
    check.range("maxBytes", maxBytes, 1L << 16, 1L << 30);
    check.orThrow();
  }
}
