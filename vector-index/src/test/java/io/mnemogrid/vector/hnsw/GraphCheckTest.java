package io.mnemogrid.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.memory.SlabAllocator;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One thing is wrong at a time with a graph of a path: 0 - 1 - 2 - 3, with 0 and 3 one level up.
 */
class GraphCheckTest {
  private static final int M = 4;
  private static final int UPPER_RECORDS = 2;
  private static final SlotSet ALL = SlotSet.EMPTY.with(new int[] {0, 1, 2, 3});

  private final SlabAllocator allocator = new SlabAllocator(1 << 20, true);
  private final HnswGraph graph = new HnswGraph(M, allocator);

  @BeforeEach
  void build() {
    for (int slot = 0; slot < 4; slot++) {
      graph.makeNode(slot, slot % 3 == 0 ? 1 : 0);
    }
    graph.upper.append(graph.record(0, 1), 3);
    graph.upper.append(graph.record(3, 1), 0);
    for (int slot = 0; slot < 3; slot++) {
      tie(slot, slot + 1);
      tie(slot + 1, slot);
    }
    graph.setEntry(0, 1);
  }

  @AfterEach
  void free() {
    for (var block : graph.release()) {
      allocator.free(block);
    }
    assertThat(allocator.usedBytes()).isZero();
  }

  @Test
  void aGraphHolds() {
    assertThat(holds(ALL)).isTrue();
  }

  @Test
  void linksThatAreNoNeighborsAreRefused() {
    assertRefused(g -> g.ground.append(1, 1));
    assertRefused(g -> g.ground.append(1, 2));
    assertRefused(g -> g.ground.append(1, 4));
    assertRefused(g -> g.ground.append(1, -7));
    assertRefused(g -> g.upper.append(g.record(0, 1), 1));
  }

  @Test
  void recordsOfAnotherNodeAreRefused() {
    assertRefused(g -> g.ground.setAbove(1, g.record(0, 1)));
    assertRefused(g -> g.upper.setAbove(g.record(0, 1), g.record(0, 1)));
    assertRefused(g -> g.ground.setAbove(1, UPPER_RECORDS));
    assertRefused(g -> g.ground.setAbove(1, -2));
  }

  @Test
  void anEntryThatIsNotThereIsRefused() {
    assertRefused(g -> g.setEntry(4, 0));
    assertRefused(g -> g.setEntry(0, 0));
    assertRefused(g -> g.setEntry(1, 1));
    assertRefused(HnswGraph::clearEntry);
  }

  @Test
  void aBackboneThatIsNoTreeIsRefused() {
    assertRefused(g -> untie(1, 2));
    assertRefused(g -> {
      untie(1, 2);
      untie(2, 1);
    });
    assertRefused(g -> {
      tie(0, 3);
      tie(3, 0);
    });
    assertRefused(g -> g.ground.setBackbone(0, 1L << 40));
  }

  @Test
  void onlyADeletedNodeMayBeOutsideTheBackbone() {
    untie(2, 3);
    untie(3, 2);
    assertThat(holds(ALL)).isFalse();
    assertThat(holds(ALL.without(3))).isTrue();
    tie(3, 2);
    assertThat(holds(ALL.without(3))).isFalse();
  }

  private void assertRefused(Consumer<HnswGraph> damage) {
    damage.accept(graph);
    assertThat(holds(ALL)).isFalse();
    for (int slot = 0; slot < 4; slot++) {
      graph.ground.clear(slot);
    }
    for (int record = 0; record < UPPER_RECORDS; record++) {
      graph.upper.clear(record);
    }
    graph.restore(-1, UPPER_RECORDS, new java.util.BitSet());
    build();
    assertThat(holds(ALL)).isTrue();
  }

  private boolean holds(SlotSet live) {
    return new GraphCheck(graph, live, ALL, UPPER_RECORDS).holds(graph.entry());
  }

  private void tie(int from, int to) {
    int at = graph.ground.indexOf(from, to);
    if (at == Links.NONE) {
      at = graph.ground.count(from);
      graph.ground.append(from, to);
    }
    graph.ground.setBackbone(from, graph.ground.backbone(from) | 1L << at);
  }

  private void untie(int from, int to) {
    int at = graph.ground.indexOf(from, to);
    graph.ground.setBackbone(from, graph.ground.backbone(from) & ~(1L << at));
  }
}
