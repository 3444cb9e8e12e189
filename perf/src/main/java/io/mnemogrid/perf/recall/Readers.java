package io.mnemogrid.perf.recall;

import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.recall.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What readers have said of the texts of one corpus: of the first hits for each question that was
 * asked before, which they have all read.
 */
final class Readers {
  static final int READ = 5;
  private static final float USUAL_IMPORTANCE = 0.5f;
  private static final float HIGH_IMPORTANCE = 0.8f;
  private static final Tally NOTHING = new Tally(0, 0);

  /** How readers are. */
  enum Kind {
    VOTE_UP("vote up what answered"),
    VOTE("vote up what answered, down what did not"),
    VERIFY("verify what answered"),
    RAISE("call important what answered"),
    VOTE_BLINDLY("vote up one, whichever, down the rest"),
    VERIFY_BLINDLY("verify one, whichever"),
    RAISE_BLINDLY("call one important, whichever");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    private boolean isBlind() {
      return this == VOTE_BLINDLY || this == VERIFY_BLINDLY || this == RAISE_BLINDLY;
    }
  }

  private record Tally(int good, int bad) {
    Tally plus(boolean isGood) {
      return isGood ? new Tally(good + 1, bad) : new Tally(good, bad + 1);
    }
  }

  private final Kind kind;
  private final Map<String, Tally> tallies = new HashMap<>();

  Readers(Kind kind) {
    this.kind = kind;
  }

  /**
   * @param hits ids of texts, best first
   */
  void read(List<String> hits, Question question, SplittableRandom random) {
    List<String> first = hits.subList(0, Math.min(READ, hits.size()));
    int whichever = first.isEmpty() ? 0 : random.nextInt(first.size());
    for (int i = 0; i < first.size(); i++) {
      String text = first.get(i);
      boolean isGood = kind.isBlind() ? i == whichever : question.evidence().contains(text);
      tallies.merge(text, NOTHING.plus(isGood), (before, _) -> before.plus(isGood));
    }
  }

  /** How a text stands with them, as old as all the others. */
  Standing standing(String text, long now) {
    Tally tally = tallies.getOrDefault(text, NOTHING);
    boolean isGood = tally.good > 0;
    return switch (kind) {
      case VOTE_UP -> standing(USUAL_IMPORTANCE, now, false, Standing.feedback(tally.good, 0, 0));
      case VOTE, VOTE_BLINDLY ->
          standing(USUAL_IMPORTANCE, now, false, Standing.feedback(tally.good, tally.bad, 0));
      case VERIFY, VERIFY_BLINDLY -> standing(USUAL_IMPORTANCE, now, isGood, 0);
      case RAISE, RAISE_BLINDLY ->
          standing(isGood ? HIGH_IMPORTANCE : USUAL_IMPORTANCE, now, false, 0);
    };
  }

  private static Standing standing(float importance, long now, boolean verified, float feedback) {
    return new Standing(importance, MemoryType.EPISODIC, now, verified, feedback);
  }
}
