package io.mnemogrid.node.recall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Puts the candidates of one question in order by all that speaks for each of them.
 *
 * <p>The relevance of a candidate is the weighted mean of its signals, each between 0 and 1. What
 * words and vectors say is made comparable by {@link FusionPlan.Method}; with {@code MINMAX} the
 * lowest similarity among the candidates counts as 0, and so does a BM25 score of 0. In a namespace
 * that is asked by words alone, these count for the vectors too. BM25 scores of namespaces of
 * different languages stand on one scale: each is a sum over the words that matched, so one poor
 * match does not count as much as the best of another language. The score is the relevance as
 * {@link SmartScore} and the weight of the namespace move it.
 *
 * <p>The answer is a function of the set of candidates: neither their order nor how they were
 * spread over shards matters. Multiplying every BM25 score by one positive number changes nothing;
 * nor does, without a least span, stretching and moving every similarity alike. With {@code
 * MINMAX}, a candidate whose BM25 score or similarity rises does not fall behind any other in
 * relevance.
 */
public final class Fusion {
  private Fusion() {}

  private record Placed(int row, Candidate candidate, double relevance, double score)
      implements Comparable<Placed> {

    /** Best first; ties by id. */
    @Override
    public int compareTo(Placed other) {
      int byScore = Double.compare(other.score, score);
      return byScore != 0 ? byScore : byId(candidate, other.candidate);
    }
  }

  /**
   * @param pool what the searches proposed and, for each of these, the turns within the plan's
   *     reach; what is in it twice counts once
   * @param k hits wanted
   * @return best first, ties by id; what several namespaces hold alike is one hit for each of them
   *     together: as many as the namespace has that holds it most often
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
    sorted.sort(Fusion::byId);
    List<Candidate> distinct = new ArrayList<>(sorted.size());
    for (Candidate candidate : sorted) {
      Candidate last = distinct.isEmpty() ? null : distinct.getLast();
      if (last == null || byId(last, candidate) != 0) {
        distinct.add(candidate);
      } else if (candidate.proposed()) {
        distinct.set(distinct.size() - 1, candidate);
      }
    }
    return distinct;
  }

  private static int byId(Candidate one, Candidate other) {
    int byId = one.id().compareTo(other.id());
    return byId != 0 ? byId : Integer.compare(one.namespace(), other.namespace());
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
        .sorted()
        .toList();
  }

  private record Copies(long contentHash, int namespace) {}

  /**
   * The first {@code k} hits, each with a candidate of each other namespace that says the same: the
   * i-th copies in all namespaces are one hit.
   */
  private static List<List<Placed>> folded(List<Placed> inOrder, int k) {
    List<List<Placed>> hits = new ArrayList<>();
    Map<Long, List<List<Placed>>> byContent = new HashMap<>();
    Map<Copies, Integer> before = new HashMap<>();
    for (Placed placed : inOrder) {
      long hash = placed.candidate().contentHash();
      List<List<Placed>> alike =
          hash == 0 ? List.of() : byContent.computeIfAbsent(hash, _ -> new ArrayList<>());
      int copy =
          before.merge(new Copies(hash, placed.candidate().namespace()), 1, Integer::sum) - 1;
      if (hash != 0 && copy < alike.size()) {
        alike.get(copy).add(placed);
      } else if (hits.size() < k) {
        List<Placed> hit = new ArrayList<>(List.of(placed));
        hits.add(hit);
        if (hash != 0) {
          alike.add(hit);
        }
      }
    }
    return hits;
  }
}
