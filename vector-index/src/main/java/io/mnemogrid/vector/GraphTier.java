package io.mnemogrid.vector;

import io.mnemogrid.vector.codes.CodeStore;
import io.mnemogrid.vector.hnsw.GraphBuilder;
import io.mnemogrid.vector.hnsw.GraphView;
import io.mnemogrid.vector.hnsw.HnswGraph;
import io.mnemogrid.vector.hnsw.Sweep;
import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.ReadGate;
import io.mnemogrid.vector.memory.RetiredBlocks;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.RowStore;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;
import io.mnemogrid.vector.rows.SlotTable;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The graph of an index that is large enough for one: when it begins and ends, and the steps that
 * bring it up to date. The caller sees to it that one thread at a time works here.
 */
final class GraphTier {
  /** A graph whose index has shrunk below this part of the limit is dropped. */
  private static final int DROP_DIVISOR = 2;

  /** Vectors linked at once do not become neighbours, so they have to be few beside the others. */
  private static final int LEAST_FOR_MANY = 2_000;

  private static final int PART_AT_ONCE = 100;
  private static final int MOST_AT_ONCE = 1_024;

  private final IndexOptions options;
  private final Supplier<@Nullable CodeStore> codes;
  private final Scorer scorer;
  private final SlotTable slots;
  private final RowStore rows;
  private final RetiredBlocks retired;
  private final ReadGate gate;
  private final GraphBuilder builder;
  private final HnswGraph graph;
  private volatile SlotSet linked;
  private @Nullable Sweep sweep;
  private int sweepStamp;
  private boolean sweepBegun;
  private boolean tailFirst;

  GraphTier(
      IndexParts parts, Supplier<@Nullable CodeStore> codes, HnswGraph graph, SlotSet linked) {
    this.options = parts.options();
    this.codes = codes;
    this.scorer = parts.scorer();
    this.slots = parts.slots();
    this.rows = parts.rows();
    this.retired = parts.retired();
    this.gate = parts.gate();
    this.graph = graph;
    this.linked = linked;
    this.builder =
        new GraphBuilder(options.m(), options.efConstruction(), options.seed() + linked.size());
  }

  HnswGraph graph() {
    return graph;
  }

  /** The nodes of the graph, which searches find there and not in the tail. */
  SlotSet linked() {
    return linked;
  }

  boolean isWorthKeeping(int liveCount) {
    return liveCount >= options.tiers().graphAbove() / DROP_DIVISOR;
  }

  /**
   * Links one vector of the tail, or takes a step in taking out deleted nodes, in turns.
   *
   * @return whether there was anything to do
   * @throws MemoryLimitException if the graph could not grow; it is unchanged
   */
  boolean step(MaintenanceScratch scratch) {
    tailFirst = !tailFirst;
    return tailFirst ? linkOne(scratch) || sweepOn(scratch) : sweepOn(scratch) || linkOne(scratch);
  }

  /** A new node needs one that stays: while a sweep takes out all there are, it waits. */
  private boolean mayLink() {
    return sweep == null || sweep.doomed().size() < linked.size();
  }

  private boolean linkOne(MaintenanceScratch scratch) {
    if (!mayLink()) {
      return false;
    }
    int[] slot = slots.takeFromTail(1);
    if (slot.length == 0) {
      return false;
    }
    try {
      builder.add(view(scratch), slot[0]);
    } catch (MemoryLimitException e) {
      slots.notLinked();
      throw e;
    }
    linked = slots.linked();
    return true;
  }

  /**
   * Links vectors of the tail, with one worker for each scratch, or takes the step they wait for.
   *
   * @return whether there was anything to do
   * @throws MemoryLimitException if the graph could not grow; it is unchanged
   */
  boolean linkMany(MaintenanceScratch[] workers, Executor executor) {
    if (!mayLink()) {
      return sweepOn(workers[0]);
    }
    if (linked.size() < LEAST_FOR_MANY) {
      return linkOne(workers[0]);
    }
    int[] many = slots.takeFromTail(Math.min(MOST_AT_ONCE, linked.size() / PART_AT_ONCE));
    if (many.length == 0) {
      return false;
    }
    try {
      GraphView[] views = new GraphView[workers.length];
      Arrays.setAll(views, i -> view(workers[i]));
      builder.addAll(views, many, executor);
    } catch (MemoryLimitException e) {
      slots.notLinked();
      throw e;
    }
    linked = slots.linked();
    return true;
  }

  private boolean sweepOn(MaintenanceScratch scratch) {
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

  private GraphView view(MaintenanceScratch scratch) {
    SlotSet live = slots.live();
    SlotSet doomed = sweep == null ? SlotSet.EMPTY : sweep.doomed();
    RowDirectory directory = rows.directory();
    return new GraphView(
        graph,
        scorer,
        directory,
        live,
        linked,
        doomed,
        scratch.bind(codes.get(), directory, scorer),
        scratch.graph());
  }

  /** Gives up what is behind the first {@code slotCount} slots. */
  void trim(int slotCount) {
    graph.trim(slotCount).forEach(retired::add);
  }

  /** Gives the graph up. Nobody finds it any more, but searches may still be walking it. */
  void drop() {
    slots.retire(slots.unlinkAll());
    for (Block block : graph.release()) {
      retired.add(block);
    }
  }
}
