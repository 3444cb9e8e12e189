package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.ScoredSlot;

/** Adds a node to the graph (algorithm 1). Maintainer only. */
final class NodeInsert {
  private final int m;
  private final int buildWidth;
  private final Neighborhood neighborhood = new Neighborhood();
  private final Backbone backbone = new Backbone();

  NodeInsert(int m, int buildWidth) {
    this.m = m;
    this.buildWidth = buildWidth;
  }

  /**
   * Links the vector in {@code slot} to its neighbours in layers 0 to {@code level}. Unless it is
   * the first, some node must stay.
   *
   * @throws io.mnemogrid.vector.memory.MemoryLimitException if there is no memory; the node is not
   *     in the graph then
   */
  void insert(GraphView view, int slot, int level) {
    HnswGraph graph = view.graph();
    graph.makeNode(slot, level);
    if (view.linked().size() == 0) {
      graph.setEntry(slot, level);
      return;
    }
    chooseNeighbors(view, slot, Math.min(level, HnswGraph.levelOf(graph.entry())));
    linkBack(view, slot, 1, 0);
    finish(view, slot);
  }

  /** Writes the lists of {@code slot}, which nobody can reach, in the layers 0 to {@code from}. */
  void chooseNeighbors(GraphView view, int slot, int from) {
    HnswGraph graph = view.graph();
    GraphScratch scratch = view.scratch();
    LayerWalk walk = scratch.walk;
    view.scorer().load(scratch.node, view.rows().address(slot));
    walk.bind(graph, view.walkScores().towards(scratch.node));
    scratch.candidates.of(view.linked()).except(view.doomed());
    long entry = graph.entry();
    long start = walk.scoreOf(HnswGraph.slotOf(entry));
    start = walk.descend(HnswGraph.levelOf(entry), from, start, Integer.MAX_VALUE);
    BestSlots found = scratch.found;
    for (int l = from; l >= 0; l--) {
      found.reset(buildWidth);
      walk.broad(l, start, scratch.candidates, found, Integer.MAX_VALUE);
      if (found.size() == 0) {
        continue; // an upper layer of doomed nodes only
      }
      found.sort();
      start = found.get(0);
      scratch.choice.begin();
      scratch.choice.choose(ranked(view), m, view.scorer(), view.rows());
      neighborhood.write(view, l, graph.record(slot, l));
    }
    walk.forget();
  }

  /** Writes the links back from those neighbours of {@code slot} that are one worker's. */
  void linkBack(GraphView view, int slot, int workers, int worker) {
    HnswGraph graph = view.graph();
    int record = slot;
    // From the ground up: a walk that comes down through the new node finds its way on.
    for (int l = 0; record != Links.NONE; l++) {
      Links links = graph.layer(l);
      for (int i = 0, n = links.count(record); i < n; i++) {
        int neighbor = links.link(record, i);
        if (neighbor % workers == worker) {
          neighborhood.link(view, l, neighbor, slot);
        }
      }
      record = links.above(record);
    }
  }

  /** Makes sure that {@code slot}, which is linked, can be reached for ever. */
  void finish(GraphView view, int slot) {
    HnswGraph graph = view.graph();
    assert graph.ground.count(slot) > 0 : "no neighbour found for slot %d".formatted(slot);
    backbone.attach(view, slot);
    int level = graph.levelOfSlot(slot);
    if (level > HnswGraph.levelOf(graph.entry())) {
      graph.setEntry(slot, level);
    }
  }

  /**
   * What was found, by exact scores. Deleted nodes only if there are no others: a link to one would
   * soon have to be taken out.
   */
  private static BestSlots ranked(GraphView view) {
    GraphScratch scratch = view.scratch();
    scratch.ranked.reset(scratch.found.size());
    scratch.rowScores.bind(view.rows(), view.scorer(), scratch.node);
    rank(view, true);
    if (scratch.ranked.size() == 0) {
      rank(view, false);
    }
    scratch.rowScores.forget();
    scratch.ranked.sort();
    return scratch.ranked;
  }

  private static void rank(GraphView view, boolean live) {
    GraphScratch scratch = view.scratch();
    scratch.batch.clear();
    for (int i = 0; i < scratch.found.size(); i++) {
      long found = scratch.found.get(i);
      int slot = ScoredSlot.slot(found);
      if (view.live().contains(slot) != live) {
        continue;
      }
      if (view.walkScores().isExact()) {
        scratch.ranked.offer(found);
        continue;
      }
      scratch.batch.add(slot);
      if (scratch.batch.isFull()) {
        scratch.ranked.offerAll(scratch.rowScores, scratch.batch);
      }
    }
    scratch.ranked.offerAll(scratch.rowScores, scratch.batch);
  }
}
