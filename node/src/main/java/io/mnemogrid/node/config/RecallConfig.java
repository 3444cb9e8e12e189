package io.mnemogrid.node.config;

import java.time.Duration;

/**
 * How a recall is searched and scored.
 *
 * @param timeout the search on all members, once the question is embedded; what has not answered
 *     then is named as missing
 * @param searchThreads threads of this node that search; 0: half of its processors, at least two
 * @param searchQueue searches that may wait for a thread; one more is asked to come again
 * @param importanceWeight share of a hit's score that its importance may move, 0..0.5
 * @param recencyWeight share of a hit's score that its recency may move, 0..0.5, the sum below 0.9:
 *     the rest is for verification and feedback
 * @param recencyHalfLife age at which recency has fallen to a half
 */
public record RecallConfig(
    Duration timeout,
    int searchThreads,
    int searchQueue,
    double importanceWeight,
    double recencyWeight,
    Duration recencyHalfLife) {

  public static final RecallConfig DEFAULTS =
      new RecallConfig(Duration.ofSeconds(5), 0, 1_024, 0.1, 0, Duration.ofDays(30));

  public RecallConfig {
    var check = Violations.in("recall");
    check.range("timeout", timeout, Duration.ofMillis(50), Duration.ofMinutes(5));
    check.range("searchThreads", searchThreads, 0, 1_024);
    check.range("searchQueue", searchQueue, 1, 1_000_000);
    check.that(
        importanceWeight >= 0 && importanceWeight <= 0.5,
        "importanceWeight",
        "must be 0..0.5, was %s",
        importanceWeight);
    // Verification and feedback have a twentieth each.
    check.that(
        recencyWeight >= 0 && recencyWeight <= 0.5 && importanceWeight + recencyWeight < 0.9,
        "recencyWeight",
        "must be 0..0.5, with recall.importanceWeight below 0.9, was %s",
        recencyWeight);
    check.range("recencyHalfLife", recencyHalfLife, Duration.ofMinutes(1), Duration.ofDays(36_500));
    check.orThrow();
  }
}
