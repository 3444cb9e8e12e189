package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.recall.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A memory that a search found, and the key of the shard that it is in. */
public record Found(long shardKey, Candidate candidate) {
  /** Ties by id and shard, so that an answer does not depend on who answered first. */
  private static final Comparator<Found> BY_PLACE =
      Comparator.comparing((Found found) -> found.candidate().id())
          .thenComparingLong(Found::shardKey);

  /** More similar first. */
  public static final Comparator<Found> BY_SIMILARITY =
      Comparator.comparingDouble((Found found) -> found.candidate().similarity())
          .reversed()
          .thenComparing(BY_PLACE);

  /** The one with more of the question's words first. */
  public static final Comparator<Found> BY_WORDS =
      Comparator.comparingDouble((Found found) -> found.candidate().bm25())
          .reversed()
          .thenComparing(BY_PLACE);

  /** The same, its neighbours in the session not being known. */
  public Found alone() {
    return new Found(shardKey, candidate.alone());
  }

  /** The first {@code most} of both lists in that order. */
  public static List<Found> merge(
      List<Found> some, List<Found> others, Comparator<Found> order, int most) {
    List<Found> all = new ArrayList<>(some.size() + others.size());
    all.addAll(some);
    all.addAll(others);
    all.sort(order);
    return all.size() > most ? new ArrayList<>(all.subList(0, most)) : all;
  }
}
