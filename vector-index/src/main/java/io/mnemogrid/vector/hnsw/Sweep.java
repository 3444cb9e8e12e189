package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.ScoredSlot;
import io.mnemogrid.vector.rows.SlotSet;

/**
 * Takes a set of deleted nodes out of the graph: first out of the backbone, one by one, then out of
 * every list that names one. Links have one direction, so finding those that point to a node means
 * looking at all lists; doing so for many nodes at once costs little for each.
 *
 * <p>Done in small steps between which the graph is whole. Maintainer only.
 */
public final class Sweep {
  private static final int NODES_A_STEP = 64;
  private static final int CANDIDATES_A_DEGREE = 8;

  /** So many of the nearest neighbours that stay are asked for theirs, or as many as go. */
  private static final int MOST_ASKED = 4;

  private final SlotSet doomed;
  private final Neighborhood neighborhood = new Neighborhood();
  private final Backbone backbone = new Backbone();
  private int detachedWords;
  private int sweptSlots;

  /**
   * Makes a sweep that has not begun.
   *
   * @param doomed nodes that were deleted before the oldest reader came
   */
  public Sweep(SlotSet doomed) {
    this.doomed = doomed;
  }

  public SlotSet doomed() {
    return doomed;
  }

  /**
   * Moves the entry off the doomed nodes, before the first {@link #step}.
   *
   * @return false if all nodes are doomed: the graph is then empty and no step is needed
   */
  public boolean begin(GraphView view) {
    HnswGraph graph = view.graph();
    if (!doomed.contains(HnswGraph.slotOf(graph.entry()))) {
      return true;
    }
    int highest = Links.NONE;
    int level = -1;
    for (int w = 0; w < view.linked().words(); w++) {
      for (long bits = view.linked().word(w) & ~doomed.word(w); bits != 0; bits &= bits - 1) {
        int slot = (w << 6) + Long.numberOfTrailingZeros(bits);
        int slotLevel = graph.levelOfSlot(slot);
        if (slotLevel > level) {
          highest = slot;
          level = slotLevel;
        }
      }
    }
    if (highest == Links.NONE) {
      graph.clearEntry();
      return false;
    }
    graph.setEntry(highest, level);
    return true;
  }

  public boolean isDone(GraphView view) {
    return detachedWords >= doomed.words() && sweptSlots >= view.linked().words() << 6;
  }

  /** Does a little of the work. */
  public void step(GraphView view) {
    if (detachedWords < doomed.words()) {
      detachWord(view, detachedWords++);
      return;
    }
    int end = sweptSlots + NODES_A_STEP;
    for (; sweptSlots < end; sweptSlots++) {
      if (view.linked().contains(sweptSlots) && !doomed.contains(sweptSlots)) {
        repairAllLevels(view, sweptSlots);
      }
    }
  }

  private void detachWord(GraphView view, int w) {
    for (long bits = doomed.word(w); bits != 0; bits &= bits - 1) {
      backbone.detach(view, (w << 6) + Long.numberOfTrailingZeros(bits));
    }
  }

  private void repairAllLevels(GraphView view, int slot) {
    int level = 0;
    int record = slot;
    while (record != Links.NONE) {
      Links links = view.graph().layer(level);
      if (namesDoomed(links, record)) {
        repair(view, level, slot, record);
      }
      record = links.above(record);
      level++;
    }
  }

  private boolean namesDoomed(Links links, int record) {
    for (int i = 0, n = links.count(record); i < n; i++) {
      if (doomed.contains(links.link(record, i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Chooses anew: first among the neighbours that stay, then among the neighbours of those that go
   * and of the nearest that stay. Some of the old links were made when the graph was sparse, and
   * lead far; beside all that is near they would not be chosen again.
   */
  private void repair(GraphView view, int level, int slot, int record) {
    GraphScratch scratch = view.scratch();
    Links links = view.graph().layer(level);
    view.scorer().load(scratch.node, view.rows().address(slot));
    scratch.seen.begin(view.rows().capacity());
    scratch.seen.mark(slot);
    scratch.batch.clear();
    scratch.rowScores.bind(view.rows(), view.scorer(), scratch.node);
    rankThoseThatStay(view, links, record);
    findOthers(view, level, record);
    scratch.rowScores.forget();
    neighborhood.beginChoice(view, level, record);
    scratch.choice.choose(scratch.ranked, links.degree(), view.scorer(), view.rows());
    scratch.choice.choose(scratch.found, links.degree(), view.scorer(), view.rows());
    neighborhood.write(view, level, record);
    for (int i = 0, n = links.count(record); i < n; i++) {
      neighborhood.link(view, level, links.link(record, i), slot);
    }
  }

  private void rankThoseThatStay(GraphView view, Links links, int record) {
    BestSlots ranked = view.scratch().ranked;
    ranked.reset(links.degree());
    for (int i = 0, n = links.count(record); i < n; i++) {
      int neighbor = links.link(record, i);
      if (!doomed.contains(neighbor)) {
        consider(view, neighbor, ranked);
      }
    }
    ranked.offerAll(view.scratch().rowScores, view.scratch().batch);
    ranked.sort();
  }

  private void findOthers(GraphView view, int level, int record) {
    GraphScratch scratch = view.scratch();
    Links links = view.graph().layer(level);
    scratch.found.reset(CANDIDATES_A_DEGREE * links.degree());
    int gone = 0;
    for (int i = 0, n = links.count(record); i < n; i++) {
      int neighbor = links.link(record, i);
      if (doomed.contains(neighbor)) {
        considerNeighborsOf(view, level, neighbor);
        gone++;
      }
    }
    int asked = Math.min(MOST_ASKED, gone);
    for (int i = 0, n = Math.min(asked, scratch.ranked.size()); i < n; i++) {
      considerNeighborsOf(view, level, ScoredSlot.slot(scratch.ranked.get(i)));
    }
    scratch.found.offerAll(scratch.rowScores, scratch.batch);
    scratch.found.sort();
  }

  private void considerNeighborsOf(GraphView view, int level, int node) {
    Links links = view.graph().layer(level);
    int record = view.graph().record(node, level);
    if (record == Links.NONE) {
      return;
    }
    for (int i = 0, n = links.count(record); i < n; i++) {
      int candidate = links.link(record, i);
      if (!doomed.contains(candidate) && view.live().contains(candidate)) {
        consider(view, candidate, view.scratch().found);
      }
    }
  }

  private static void consider(GraphView view, int candidate, BestSlots among) {
    GraphScratch scratch = view.scratch();
    if (!scratch.seen.mark(candidate)) {
      return;
    }
    scratch.batch.add(candidate);
    if (scratch.batch.isFull()) {
      among.offerAll(scratch.rowScores, scratch.batch);
    }
  }
}
