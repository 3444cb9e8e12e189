package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.Timing;
import java.util.List;

/** What became of asking all questions in one way. */
sealed interface Outcome {
  Configuration configuration();

  /**
   * All were answered.
   *
   * @param grades of the questions, in their order
   */
  record Answered(Configuration configuration, List<Grade> grades, Timing timing, StageTimes stages)
      implements Outcome {}

  /** The node refused, with these words. */
  record Refused(Configuration configuration, String reason) implements Outcome {}
}
