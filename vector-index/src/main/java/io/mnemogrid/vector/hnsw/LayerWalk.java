package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.Scope;
import io.mnemogrid.vector.rows.ScoreBatch;
import io.mnemogrid.vector.rows.ScoredSlot;
import io.mnemogrid.vector.rows.SlotScorer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks the graph towards a query: greedily down the upper layers (algorithm 5), then broadly in
 * one layer (algorithm 2). Reused scratch; one thread at a time. The walking thread holds a ticket.
 *
 * <p>Nodes that cannot be hits are walked through like the others: the more there are, the further
 * the walk goes before it has as many hits as are wanted.
 */
public final class LayerWalk {
  private static final int MOST_ABREAST = 4;

  private final VisitedMarks visited = new VisitedMarks();
  private final Frontier frontier = new Frontier();
  private final ScoreBatch batch = new ScoreBatch();
  private final int[] neighbors = new int[NodeLayout.MOST_DEGREE];
  private final int[] records = new int[MOST_ABREAST];
  private @Nullable HnswGraph graph;
  private @Nullable SlotScorer scorer;
  private int scored;

  @SuppressWarnings("UnusedVariable") // written so that the compiler cannot leave the reads out
  private int touched;

  /** Binds the walk to what it sees until {@link #forget}. */
  public void bind(HnswGraph itsGraph, SlotScorer itsScorer) {
    graph = itsGraph;
    scorer = itsScorer;
    scored = 0;
  }

  public void forget() {
    graph = null;
    scorer = null;
  }

  /** Nodes scored since the walk was bound. */
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
   * @param entry the graph's entry, read before the data that the walk is bound to
   * @param hits which of the nodes may be hits
   * @param budget most nodes to score, in all layers together
   * @return false if the budget ended the walk
   */
  public boolean search(long entry, Scope hits, BestSlots best, int budget) {
    if (entry < 0) {
      return true; // an empty graph
    }
    if (budget < 1) {
      visited.begin(0);
      return false;
    }
    long start = scoreOf(HnswGraph.slotOf(entry));
    start = descend(HnswGraph.levelOf(entry), 0, start, budget);
    return broad(0, start, hits, best, budget);
  }

  long scoreOf(int slot) {
    batch.clear();
    batch.add(slot);
    scoreBatch();
    return ScoredSlot.of(batch.score(0), slot);
  }

  /**
   * Goes greedily from {@code start} through the layers above {@code to}, as far as {@code budget}
   * reaches.
   */
  long descend(int from, int to, long start, int budget) {
    HnswGraph g = Objects.requireNonNull(graph);
    int capacity = Objects.requireNonNull(scorer).capacity();
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
        int room = budget - scored;
        for (int i = 0, n = g.upper.read(record, neighbors); i < n && batch.count() < room; i++) {
          if (neighbors[i] < capacity) {
            batch.add(neighbors[i]);
          }
        }
        scoreBatch();
        for (int i = 0; i < batch.count(); i++) {
          best = Math.max(best, ScoredSlot.of(batch.score(i), batch.slot(i)));
        }
      } while (best > before);
    }
    return best;
  }

  /** Algorithm 2: widens from {@code start} until what is left cannot improve {@code best}. */
  boolean broad(int level, long start, Scope hits, BestSlots best, int budget) {
    HnswGraph g = Objects.requireNonNull(graph);
    Links links = g.layer(level);
    visited.begin(Objects.requireNonNull(scorer).capacity());
    frontier.clear();
    visited.mark(ScoredSlot.slot(start));
    frontier.push(start);
    if (hits.contains(ScoredSlot.slot(start))) {
      best.offer(start);
    }
    int abreast = Math.min(MOST_ABREAST, ScoreBatch.CAPACITY / links.degree());
    while (!frontier.isEmpty()) {
      if (!best.accepts(frontier.peek())) {
        return true;
      }
      int count = 0;
      while (count < abreast && !frontier.isEmpty() && best.accepts(frontier.peek())) {
        records[count++] = g.record(ScoredSlot.slot(frontier.pop()), level);
      }
      if (!expand(links, count, hits, best, budget - scored)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Scores what the nodes of the first {@code count} records lead to.
   *
   * @return false if that is more than {@code room}
   */
  private boolean expand(Links links, int count, Scope hits, BestSlots best, int room) {
    batch.clear();
    for (int i = 0; i < count; i++) {
      touched += records[i] == Links.NONE ? 0 : links.count(records[i]);
    }
    boolean all = true;
    for (int i = 0; i < count && all; i++) {
      all = records[i] == Links.NONE || gather(links, records[i], room);
    }
    scoreBatch();
    float floor = best.floor();
    for (int i = 0; i < batch.count(); i++) {
      if (batch.score(i) >= floor) {
        long met = ScoredSlot.of(batch.score(i), batch.slot(i));
        if (best.accepts(met)) {
          frontier.push(met);
          if (hits.contains(batch.slot(i))) {
            best.offer(met);
            floor = best.floor();
          }
        }
      }
    }
    return all;
  }

  private boolean gather(Links links, int record, int room) {
    for (int i = 0, n = links.read(record, neighbors); i < n; i++) {
      if (visited.mark(neighbors[i])) {
        if (batch.count() == room) {
          visited.unmark(neighbors[i]);
          return false;
        }
        batch.add(neighbors[i]);
      }
    }
    return true;
  }

  private void scoreBatch() {
    Objects.requireNonNull(scorer).score(batch);
    scored += batch.count();
  }
}
