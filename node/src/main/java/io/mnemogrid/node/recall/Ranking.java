package io.mnemogrid.node.recall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Merging the proposals of shards and members, and ordering what is left. */
public final class Ranking {
  /** More similar first; ties by id, so that an answer does not depend on who answered first. */
  public static final Comparator<Found> BY_SIMILARITY =
      Comparator.comparingDouble(Found::similarity).reversed().thenComparing(Found::id);

  private Ranking() {}

  /**
   * A proposed memory.
   *
   * @param shard that it is in
   * @param similarity to the query, higher is nearer
   * @param importance 0..1
   * @param updatedAt unix seconds
   */
  public record Found(String id, int shard, float similarity, float importance, long updatedAt) {}

  /** A proposed memory with what it is ordered by. */
  public record Ranked(Found found, float smartScore) {}

  /**
   * The {@code k} most similar of two lists that are in the order of {@link #BY_SIMILARITY} or not.
   */
  public static List<Found> merge(List<Found> some, List<Found> others, int k) {
    List<Found> all = new ArrayList<>(some.size() + others.size());
    all.addAll(some);
    all.addAll(others);
    all.sort(BY_SIMILARITY);
    return all.size() > k ? new ArrayList<>(all.subList(0, k)) : all;
  }

  /** The best {@code k} by their adjusted scores, best first. */
  public static List<Ranked> best(List<Found> candidates, SmartScore score, int k, long now) {
    return candidates.stream()
        .map(found -> new Ranked(found, score.of(found, now)))
        .sorted(
            Comparator.comparingDouble(Ranked::smartScore)
                .reversed()
                .thenComparing(Ranked::found, BY_SIMILARITY))
        .limit(k)
        .toList();
  }
}
