package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.ScoredSlot;
import java.util.SplittableRandom;

/** Adds a node to the graph (algorithm 1). Maintainer only. */
public final class NodeInsert {
  private static final int MOST_LEVELS = 12;

  private final int m;
  private final int buildWidth;
  private final double levelFactor;
  private final SplittableRandom random;
  private final Neighborhood neighborhood = new Neighborhood();
  private final Backbone backbone = new Backbone();

  public NodeInsert(int m, int buildWidth, long seed) {
    this.m = m;
    this.buildWidth = buildWidth;
    this.levelFactor = 1 / Math.log(m);
    this.random = new SplittableRandom(seed);
  }

  /**
   * Links the vector in {@code slot} to its neighbours in all its layers.
   *
   * @throws io.mnemogrid.vector.memory.MemoryLimitException if there is no memory; the node is not
   *     in the graph then
   */
  public void insert(GraphView view, int slot) {
    HnswGraph graph = view.graph();
    int level = randomLevel();
    graph.makeNode(slot, level);
    long entry = graph.entry();
    if (view.linked().size() == view.doomed().size()) {
      graph.setEntry(slot, level);
      return;
    }
    int top = HnswGraph.levelOf(entry);
    chooseNeighbors(view, slot, Math.min(level, top));
    // From the ground up: a walk that comes down through the new node finds its way on.
    for (int l = 0; l <= Math.min(level, top); l++) {
      Links links = graph.layer(l);
      int record = graph.record(slot, l);
      for (int i = 0, n = links.count(record); i < n; i++) {
        neighborhood.link(view, l, links.link(record, i), slot);
      }
    }
    assert graph.ground.count(slot) > 0 : "no neighbour found for slot %d".formatted(slot);
    backbone.attach(view, slot);
    if (level > top) {
      graph.setEntry(slot, level);
    }
  }

  private void chooseNeighbors(GraphView view, int slot, int from) {
    HnswGraph graph = view.graph();
    GraphScratch scratch = view.scratch();
    LayerWalk walk = scratch.walk;
    walk.bind(graph, view.rows(), view.scorer());
    view.scorer().load(scratch.node, view.rows().address(slot));
    long entry = graph.entry();
    long start = walk.scoreOf(scratch.node, HnswGraph.slotOf(entry));
    start = walk.descend(scratch.node, HnswGraph.levelOf(entry), from, start);
    BestSlots found = scratch.found;
    for (int l = from; l >= 0; l--) {
      found.reset(buildWidth);
      walk.broad(scratch.node, l, start, s -> !view.doomed().contains(s), found, Integer.MAX_VALUE);
      if (found.size() == 0) {
        continue; // an upper layer of doomed nodes only
      }
      found.sort();
      start = found.get(0);
      scratch.choice.begin();
      scratch.choice.choose(preferLive(view, found), m, view.scorer(), view.rows());
      neighborhood.write(view, l, graph.record(slot, l));
    }
    walk.forget();
  }

  /** A link to a deleted node is one more to be taken out soon. */
  private static BestSlots preferLive(GraphView view, BestSlots found) {
    BestSlots ranked = view.scratch().ranked;
    ranked.reset(found.size());
    for (int i = 0; i < found.size(); i++) {
      if (view.live().contains(ScoredSlot.slot(found.get(i)))) {
        ranked.offer(found.get(i));
      }
    }
    if (ranked.size() == 0) {
      return found;
    }
    ranked.sort();
    return ranked;
  }

  private int randomLevel() {
    double uniform = 1 - random.nextDouble(); // in (0, 1]
    return Math.min(MOST_LEVELS, (int) (-Math.log(uniform) * levelFactor));
  }
}
