package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.ScoreBatch;
import io.mnemogrid.vector.rows.ScoredSlot;
import io.mnemogrid.vector.rows.Scorer;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks the graph towards a query: greedily down the upper layers (algorithm 5), then broadly in
 * one layer (algorithm 2). Reused scratch; one thread at a time. The walking thread holds a ticket.
 */
public final class LayerWalk {
  private final VisitedMarks visited = new VisitedMarks();
  private final Frontier frontier = new Frontier();
  private final ScoreBatch batch = new ScoreBatch();
  private @Nullable HnswGraph graph;
  private @Nullable RowDirectory rows;
  private @Nullable Scorer scorer;
  private int scored;

  /** Binds the walk to what it sees until {@link #forget}. */
  public void bind(HnswGraph itsGraph, RowDirectory itsRows, Scorer itsScorer) {
    graph = itsGraph;
    rows = itsRows;
    scorer = itsScorer;
    scored = 0;
  }

  public void forget() {
    graph = null;
    rows = null;
    scorer = null;
  }

  /** Rows scored since the walk was bound. */
  public int scored() {
    return scored;
  }

  /** Whether the last broad walk met {@code slot}. */
  public boolean met(int slot) {
    return visited.contains(slot);
  }

  /**
   * The whole search: from the entry down to the ground, then the best {@code best} has room for.
   *
   * @param entry the graph's entry, read before the rows that the walk is bound to
   * @param accept which of the nodes met may be hits; all are walked through
   * @param budget most rows to score, exceeded by less than two lists
   * @return false if the budget ended the walk
   */
  public boolean search(long entry, Query query, IntPredicate accept, BestSlots best, int budget) {
    if (entry < 0) {
      return true; // an empty graph
    }
    long nearest = scoreOf(query, HnswGraph.slotOf(entry));
    long start = descend(query, HnswGraph.levelOf(entry), 0, nearest);
    return broad(query, 0, start, accept, best, budget);
  }

  long scoreOf(Query query, int slot) {
    scored++;
    float score =
        Objects.requireNonNull(scorer).score(query, Objects.requireNonNull(rows).address(slot));
    return ScoredSlot.of(score, slot);
  }

  /** Goes greedily from {@code start} through the layers above {@code to}. */
  long descend(Query query, int from, int to, long start) {
    HnswGraph g = Objects.requireNonNull(graph);
    long best = start;
    for (int level = from; level > to; level--) {
      long before;
      do {
        before = best;
        int record = g.record(ScoredSlot.slot(best), level);
        if (record == Links.NONE) {
          break;
        }
        batch.clear();
        for (int i = 0, n = g.upper.count(record); i < n; i++) {
          addToBatch(g.upper.link(record, i));
        }
        scoreBatch(query);
        for (int i = 0; i < batch.count(); i++) {
          best = Math.max(best, ScoredSlot.of(batch.score(i), batch.slot(i)));
        }
      } while (best > before);
    }
    return best;
  }

  /** Algorithm 2: widens from {@code start} until what is left cannot improve {@code best}. */
  boolean broad(
      Query query, int level, long start, IntPredicate accept, BestSlots best, int budget) {
    HnswGraph g = Objects.requireNonNull(graph);
    Links links = g.layer(level);
    visited.begin(Objects.requireNonNull(rows).capacity());
    frontier.clear();
    visited.mark(ScoredSlot.slot(start));
    frontier.push(start);
    if (accept.test(ScoredSlot.slot(start))) {
      best.offer(start);
    }
    while (!frontier.isEmpty()) {
      long nearest = frontier.pop();
      if (!best.accepts(nearest)) {
        return true;
      }
      if (scored >= budget) {
        return false;
      }
      int record = g.record(ScoredSlot.slot(nearest), level);
      if (record != Links.NONE) {
        expand(query, links, record, accept, best);
      }
    }
    return true;
  }

  private void expand(Query query, Links links, int record, IntPredicate accept, BestSlots best) {
    batch.clear();
    for (int i = 0, n = links.count(record); i < n; i++) {
      int slot = links.link(record, i);
      if (visited.mark(slot)) {
        addToBatch(slot);
      }
    }
    scoreBatch(query);
    for (int i = 0; i < batch.count(); i++) {
      long met = ScoredSlot.of(batch.score(i), batch.slot(i));
      if (best.accepts(met)) {
        frontier.push(met);
        if (accept.test(batch.slot(i))) {
          best.offer(met);
        }
      }
    }
  }

  private void addToBatch(int slot) {
    RowDirectory r = Objects.requireNonNull(rows);
    if (r.holds(slot)) {
      batch.add(slot, r.address(slot));
    }
  }

  private void scoreBatch(Query query) {
    Objects.requireNonNull(scorer).score(query, batch);
    scored += batch.count();
  }
}
