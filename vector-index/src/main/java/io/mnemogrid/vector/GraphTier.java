package io.mnemogrid.vector;

import io.mnemogrid.vector.hnsw.GraphScratch;
import io.mnemogrid.vector.hnsw.GraphView;
import io.mnemogrid.vector.hnsw.HnswGraph;
import io.mnemogrid.vector.hnsw.NodeInsert;
import io.mnemogrid.vector.hnsw.Sweep;
import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.ReadGate;
import io.mnemogrid.vector.memory.RetiredBlocks;
import io.mnemogrid.vector.rows.RowStore;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;
import io.mnemogrid.vector.rows.SlotTable;
import org.jspecify.annotations.Nullable;

/**
 * The graph of an index that is large enough for one: when it begins and ends, and the steps that
 * bring it up to date. The caller sees to it that one thread at a time works here.
 */
final class GraphTier {
  /** A graph whose index has shrunk below this part of the exact scan's limit is dropped. */
  private static final int DROP_DIVISOR = 2;

  private final IndexOptions options;
  private final Scorer scorer;
  private final SlotTable slots;
  private final RowStore rows;
  private final RetiredBlocks retired;
  private final ReadGate gate;
  private final NodeInsert inserts;
  private final HnswGraph graph;
  private volatile SlotSet linked;
  private @Nullable Sweep sweep;
  private int sweepStamp;
  private boolean sweepBegun;
  private boolean tailFirst;

  GraphTier(Parts parts, HnswGraph graph, SlotSet linked) {
    this.options = parts.options();
    this.scorer = parts.scorer();
    this.slots = parts.slots();
    this.rows = parts.rows();
    this.retired = parts.retired();
    this.gate = parts.gate();
    this.graph = graph;
    this.linked = linked;
    this.inserts =
        new NodeInsert(options.m(), options.efConstruction(), options.seed() + linked.size());
  }

  HnswGraph graph() {
    return graph;
  }

  /** The nodes of the graph, which searches find there and not in the tail. */
  SlotSet linked() {
    return linked;
  }

  boolean isWorthKeeping(int liveCount) {
    return liveCount >= options.exactScanLimit() / DROP_DIVISOR;
  }

  /**
   * Links one vector of the tail, or takes a step in taking out deleted nodes, in turns.
   *
   * @return whether there was anything to do
   * @throws MemoryLimitException if the graph could not grow; it is unchanged
   */
  boolean step(GraphScratch scratch) {
    tailFirst = !tailFirst;
    return tailFirst ? linkOne(scratch) || sweepOn(scratch) : sweepOn(scratch) || linkOne(scratch);
  }

  private boolean linkOne(GraphScratch scratch) {
    int slot = slots.takeFromTail();
    if (slot < 0) {
      return false;
    }
    try {
      inserts.insert(view(scratch), slot);
    } catch (MemoryLimitException e) {
      slots.notLinked();
      throw e;
    }
    linked = slots.linked();
    return true;
  }

  private boolean sweepOn(GraphScratch scratch) {
    Sweep running = sweep;
    if (running == null) {
      SlotSet dead = slots.deadInGraph();
      if (dead.size() == 0) {
        return false;
      }
      // A search from before the deletions may yet look for these nodes in the graph.
      sweepStamp = gate.epoch();
      sweep = new Sweep(dead);
      sweepBegun = false;
      return true;
    }
    if (!sweepBegun) {
      if (!gate.isPast(sweepStamp)) {
        return false;
      }
      sweepBegun = true;
      if (!running.begin(view(scratch))) {
        finish(running);
        return true;
      }
    }
    GraphView view = view(scratch);
    if (running.isDone(view)) {
      finish(running);
    } else {
      running.step(view);
    }
    return true;
  }

  private void finish(Sweep finished) {
    linked = slots.unlinked(finished.doomed());
    slots.retire(finished.doomed());
    sweep = null;
  }

  private GraphView view(GraphScratch scratch) {
    SlotSet live = slots.live();
    SlotSet doomed = sweep == null ? SlotSet.EMPTY : sweep.doomed();
    return new GraphView(graph, scorer, rows.directory(), live, linked, doomed, scratch);
  }

  /** Gives the graph up. Nobody finds it any more, but searches may still be walking it. */
  void drop() {
    slots.retire(slots.unlinkAll());
    for (Block block : graph.release()) {
      retired.add(block);
    }
  }

  /** What a tier shares with its index. */
  record Parts(
      IndexOptions options,
      Scorer scorer,
      SlotTable slots,
      RowStore rows,
      RetiredBlocks retired,
      ReadGate gate) {}
}
