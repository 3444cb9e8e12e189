package io.mnemogrid.vector;

import io.mnemogrid.vector.hnsw.HnswGraph;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether an index has a graph, and the steps that bring it up to date. One maintainer at a time;
 * {@link #tier} and {@link #pending} are for any thread.
 *
 * <p>Maintenance can be held up, while a snapshot is read. The monitor is that of one step, so
 * whoever holds it up waits for one step at most.
 */
final class GraphUpkeep {
  private final VectorIndex index;
  private final IndexParts parts;
  private final VectorMemory memory;
  private volatile @Nullable GraphTier tier;
  private int holders;

  GraphUpkeep(VectorIndex index, IndexParts parts, VectorMemory memory) {
    this.index = index;
    this.parts = parts;
    this.memory = memory;
  }

  @Nullable GraphTier tier() {
    return tier;
  }

  long bytes() {
    GraphTier now = tier;
    return now == null ? 0 : now.graph().bytes();
  }

  /** As {@link VectorIndex#pending}. */
  int pending() {
    SlotSet live = parts.slots().live();
    GraphTier now = tier;
    if (now == null) {
      return live.size() > parts.options().tiers().graphAbove() ? live.size() : 0;
    }
    SlotSet linked = now.linked();
    return live.size() + linked.size() - 2 * live.countShared(linked);
  }

  /** As {@link VectorIndex#maintain}. */
  int maintain(int maxOperations) {
    MaintenanceScratch scratch = memory.maintenances().take();
    int done = 0;
    try {
      while (done < maxOperations && isDone(() -> step(scratch))) {
        done++;
      }
    } finally {
      giveBack(scratch);
    }
    parts.retired().reclaim();
    return done;
  }

  /** As {@link VectorIndex#buildGraph}. */
  void build(int threads) {
    var scratches = new MaintenanceScratch[threads];
    Arrays.setAll(scratches, i -> memory.maintenances().take());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      while (isDone(() -> linkMany(scratches, executor))) {
        parts.retired().reclaim();
      }
    } finally {
      for (MaintenanceScratch scratch : scratches) {
        giveBack(scratch);
      }
    }
    maintain(Integer.MAX_VALUE);
  }

  private void giveBack(MaintenanceScratch scratch) {
    scratch.forget();
    memory.maintenances().giveBack(scratch);
  }

  private synchronized boolean isDone(BooleanSupplier step) {
    parts.gate().advance();
    int ticket = holders > 0 ? -1 : parts.gate().enter();
    if (ticket < 0) {
      return false;
    }
    try {
      return step.getAsBoolean();
    } catch (MemoryLimitException e) {
      throw new VectorMemoryExhausted(String.valueOf(e.getMessage()));
    } finally {
      index.leave(ticket);
    }
  }

  private boolean linkMany(MaintenanceScratch[] scratches, ExecutorService executor) {
    GraphTier now = tier;
    return now == null ? step(scratches[0]) : now.linkMany(scratches, executor);
  }

  private boolean step(MaintenanceScratch scratch) {
    int count = parts.slots().live().size();
    GraphTier now = tier;
    if (now == null) {
      if (count <= parts.options().tiers().graphAbove()) {
        return false;
      }
      now = begin(new HnswGraph(parts.options().m(), memory.allocator()), SlotSet.EMPTY);
    } else if (!now.isWorthKeeping(count)) {
      tier = null;
      now.drop();
      return true;
    }
    return now.step(scratch);
  }

  private GraphTier begin(HnswGraph graph, SlotSet linked) {
    GraphTier begun = new GraphTier(parts, index::codes, graph, linked);
    tier = begun;
    return begun;
  }

  /** Takes over the graph of an image. */
  void restore(HnswGraph graph, SlotSet linked) {
    begin(graph, linked);
  }

  /** Gives up what is behind the first {@code slots} slots, unless maintenance is held up. */
  synchronized void trim(int slots) {
    GraphTier now = tier;
    if (now != null && holders == 0) {
      now.trim(slots);
    }
  }

  synchronized void hold() {
    holders++;
  }

  synchronized void release() {
    holders--;
  }

  /** Gives the graph up, at the end. */
  void drop() {
    GraphTier last = tier;
    if (last != null) {
      last.drop();
    }
  }
}
