package io.mnemogrid.node.recall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Puts the candidates of one question in order by all that speaks for each of them.
 *
 * <p>The relevance of a candidate is the weighted mean of its signals, each between 0 and 1. What
 * words and vectors say is made comparable by {@link FusionPlan.Method}; with {@code MINMAX} the
 * lowest similarity among the candidates counts as 0, and so does a BM25 score of 0. The score is
 * the relevance as {@link SmartScore} and the weight of the namespace move it.
 *
 * <p>The answer is a function of the set of candidates: neither their order nor how they were
 * spread over shards matters. Multiplying every BM25 score by one positive number changes nothing;
 * nor does, without a least span, stretching and moving every similarity alike. With {@code
 * MINMAX}, a candidate whose BM25 score or similarity rises does not fall behind any other in
 * relevance.
 */
public final class Fusion {
  private Fusion() {}

  private record Placed(int row, Candidate candidate, double relevance, double score) {}

  private static final Comparator<Placed> BEST_FIRST =
      Comparator.comparingDouble(Placed::score)
          .reversed()
          .thenComparing(placed -> placed.candidate().id())
          .thenComparingInt(placed -> placed.candidate().namespace());

  /**
   * @param pool what the searches proposed and, for each of these, the turns within the plan's
   *     reach; what is in it twice counts once
   * @param k hits wanted
   * @return best first, ties by id; of several with the same content only the best
   */
  public static List<Fused> fuse(Collection<Candidate> pool, FusionPlan plan, int k) {
    List<Candidate> candidates = distinct(pool);
    SignalTable table = SignalTable.of(candidates, plan);
    List<Fused> best = new ArrayList<>();
    for (List<Placed> alike : folded(placed(candidates, table.relevance(), plan), k)) {
      Placed first = alike.getFirst();
      best.add(
          new Fused(
              first.candidate(),
              first.score(),
              first.relevance(),
              table.accounts(first.row()),
              alike.stream().skip(1).map(Placed::candidate).toList()));
    }
    return best;
  }

  private static List<Candidate> distinct(Collection<Candidate> pool) {
    List<Candidate> sorted = new ArrayList<>(pool);
    sorted.sort(
        Comparator.comparingInt(Candidate::namespace)
            .thenComparing(Candidate::id)
            .thenComparing(Candidate::proposed, Comparator.reverseOrder()));
    List<Candidate> distinct = new ArrayList<>(sorted.size());
    for (Candidate candidate : sorted) {
      if (distinct.isEmpty() || !isSame(distinct.getLast(), candidate)) {
        distinct.add(candidate);
      }
    }
    return distinct;
  }

  private static boolean isSame(Candidate one, Candidate other) {
    return one.namespace() == other.namespace() && one.id().equals(other.id());
  }

  private static List<Placed> placed(
      List<Candidate> candidates, double[] relevance, FusionPlan plan) {
    return IntStream.range(0, relevance.length)
        .mapToObj(row -> {
          Candidate candidate = candidates.get(row);
          double score =
              plan.smart().of(relevance[row], candidate.standing(), plan.now())
                  * plan.namespaceWeights().get(candidate.namespace());
          return new Placed(row, candidate, relevance[row], score);
        })
        .sorted(BEST_FIRST)
        .toList();
  }

  /** The first {@code k} contents, each with all the candidates that have it. */
  private static Collection<List<Placed>> folded(List<Placed> inOrder, int k) {
    Map<Object, List<Placed>> folded = new LinkedHashMap<>();
    for (Placed placed : inOrder) {
      long hash = placed.candidate().contentHash();
      Object content = hash == 0 ? (Object) Integer.valueOf(placed.row()) : Long.valueOf(hash);
      List<Placed> alike = folded.get(content);
      if (alike != null) {
        alike.add(placed);
      } else if (folded.size() < k) {
        folded.put(content, new ArrayList<>(List.of(placed)));
      }
    }
    return folded.values();
  }
}
