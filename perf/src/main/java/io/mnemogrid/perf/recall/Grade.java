package io.mnemogrid.perf.recall;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * How much of a question's evidence is how early in an answer.
 *
 * @param evidence how many texts would answer it, found or not
 * @param found5 how many of them are among the first 5 hits; likewise 10 and 20
 * @param reciprocalRank 1 / the rank of the first that is found; 0 if none is
 * @param ndcg10 discounted cumulative gain of the first 10 hits, a text of the evidence gaining 1,
 *     divided by that of an answer that begins with as much evidence as there is (Järvelin and
 *     Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002)
 */
record Grade(
    int evidence, int found5, int found10, int found20, double reciprocalRank, double ndcg10) {
  private static final int NDCG_DEPTH = 10;

  /**
   * @param ranking ids of the hits, best first, none twice
   */
  static Grade of(List<String> ranking, Set<String> evidence) {
    double gain = 0;
    double idealGain = 0;
    double reciprocalRank = 0;
    for (int i = 0; i < ranking.size(); i++) {
      if (evidence.contains(ranking.get(i))) {
        reciprocalRank = Math.max(reciprocalRank, 1.0 / (i + 1));
        gain += i < NDCG_DEPTH ? discount(i) : 0;
      }
    }
    for (int i = 0; i < Math.min(evidence.size(), NDCG_DEPTH); i++) {
      idealGain += discount(i);
    }
    return new Grade(
        evidence.size(),
        found(ranking, evidence, 5),
        found(ranking, evidence, 10),
        found(ranking, evidence, 20),
        reciprocalRank,
        gain / idealGain);
  }

  private static int found(List<String> ranking, Collection<String> evidence, int depth) {
    return (int) ranking.stream().limit(depth).filter(evidence::contains).count();
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 2);
  }

  double recall5() {
    return found5 / (double) evidence;
  }

  double recall10() {
    return found10 / (double) evidence;
  }

  double recall20() {
    return found20 / (double) evidence;
  }
}
