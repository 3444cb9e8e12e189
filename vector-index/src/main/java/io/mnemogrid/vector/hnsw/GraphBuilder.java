package io.mnemogrid.vector.hnsw;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Adds nodes to the graph, one by one or many at once. Maintainer only.
 *
 * <p>Many at once are added in two steps, each shared by all workers without locks. First each
 * finds neighbours for some of the new nodes, in a graph that nobody changes. Then each writes the
 * links back from those old nodes that are its own. New nodes of one call do not become each
 * other's neighbours, so there have to be few of them beside the graph's. The result does not
 * depend on the number of workers.
 */
public final class GraphBuilder {
  private static final int MOST_LEVELS = 12;

  private final NodeInsert inserts;
  private final double levelFactor;
  private final SplittableRandom random;

  public GraphBuilder(int m, int buildWidth, long seed) {
    this.inserts = new NodeInsert(m, buildWidth);
    this.levelFactor = 1 / Math.log(m);
    this.random = new SplittableRandom(seed);
  }

  /**
   * Links the vector in {@code slot}.
   *
   * @throws io.mnemogrid.vector.memory.MemoryLimitException if there is no memory; the node is not
   *     in the graph then
   */
  public void add(GraphView view, int slot) {
    inserts.insert(view, slot, randomLevel());
  }

  /**
   * Links the vectors in {@code slots}, which are few beside the graph's.
   *
   * @param views one a worker, alike but for their scratch
   * @throws io.mnemogrid.vector.memory.MemoryLimitException if there is no memory; none of them is
   *     in the graph then
   */
  public void addAll(GraphView[] views, int[] slots, Executor executor) {
    HnswGraph graph = views[0].graph();
    int top = HnswGraph.levelOf(graph.entry());
    int[] levels = new int[slots.length];
    for (int i = 0; i < slots.length; i++) {
      levels[i] = Math.min(randomLevel(), top + 1);
      graph.makeNode(slots[i], levels[i]);
    }
    var next = new AtomicInteger();
    inParallel(
        views.length,
        executor,
        worker -> {
          for (int i = next.getAndIncrement(); i < slots.length; i = next.getAndIncrement()) {
            inserts.chooseNeighbors(views[worker], slots[i], Math.min(levels[i], top));
          }
        });
    inParallel(
        views.length,
        executor,
        worker -> {
          for (int slot : slots) {
            inserts.linkBack(views[worker], slot, views.length, worker);
          }
        });
    for (int slot : slots) {
      inserts.finish(views[0], slot);
    }
  }

  private static void inParallel(int workers, Executor executor, IntConsumer work) {
    var all = new CompletableFuture<?>[workers];
    Arrays.setAll(all, worker -> CompletableFuture.runAsync(() -> work.accept(worker), executor));
    CompletableFuture.allOf(all).join();
  }

  private int randomLevel() {
    double uniform = 1 - random.nextDouble(); // in (0, 1]
    return Math.min(MOST_LEVELS, (int) (-Math.log(uniform) * levelFactor));
  }
}
