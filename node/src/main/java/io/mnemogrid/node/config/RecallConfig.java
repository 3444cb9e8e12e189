package io.mnemogrid.node.config;

import java.time.Duration;

/**
 * How a recall is searched and scored.
 *
 * @param timeout the search on all members, once the question is embedded; what has not answered
 *     then is named as missing
 * @param searchThreads threads of this node that search; 0: half of its processors, at least two
 * @param searchQueue searches that may wait for a thread; one more is asked to come again
 * @param importanceWeight share of a hit's score that its importance may move, 0..0.5, the four
 *     weights together below 1
 * @param recencyWeight share of a hit's score that its recency may move, 0..0.5
 * @param verifiedWeight share of a hit's score that its being verified adds, 0..0.5
 * @param feedbackWeight share of a hit's score that votes for and against it may move, 0..0.5
 * @param recencyHalfLife age at which the recency of an episodic memory has fallen to a half
 */
public record RecallConfig(
    Duration timeout,
    int searchThreads,
    int searchQueue,
    double importanceWeight,
    double recencyWeight,
    double verifiedWeight,
    double feedbackWeight,
    Duration recencyHalfLife) {

  public static final RecallConfig DEFAULTS =
      new RecallConfig(Duration.ofSeconds(5), 0, 1_024, 0.1, 0, 0.05, 0.1, Duration.ofDays(360));

  public RecallConfig {
    var check = Violations.in("recall");
    check.range("timeout", timeout, Duration.ofMillis(50), Duration.ofMinutes(5));
    check.range("searchThreads", searchThreads, 0, 1_024);
    check.range("searchQueue", searchQueue, 1, 1_000_000);
    weight(check, "importanceWeight", importanceWeight);
    weight(check, "recencyWeight", recencyWeight);
    weight(check, "verifiedWeight", verifiedWeight);
    weight(check, "feedbackWeight", feedbackWeight);
    double sum = importanceWeight + recencyWeight + verifiedWeight + feedbackWeight;
    check.that(
        !(sum >= 1), "importanceWeight", "must be below 1 with the other three, was %s", sum);
    check.range("recencyHalfLife", recencyHalfLife, Duration.ofMinutes(1), Duration.ofDays(36_500));
    check.orThrow();
  }

  private static void weight(Violations check, String name, double weight) {
    check.that(weight >= 0 && weight <= 0.5, name, "must be 0..0.5, was %s", weight);
  }
}
