package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.SlotSet;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Whether bytes from elsewhere are a graph: whatever walks and maintenance rely on without asking.
 * A checksum tells accidents, not what another program wrote. For one check.
 */
final class GraphCheck {
  private static final int NO_NODE = Integer.MAX_VALUE;

  private final HnswGraph graph;
  private final Links ground;
  private final Links upper;
  private final SlotSet live;
  private final SlotSet linked;
  private final int upperRecords;
  private final BitSet used = new BitSet();
  private final int[] neighbors = new int[NodeLayout.MOST_DEGREE];

  /** By slot: the last list, counted as they are checked, that named it; of no node, NO_NODE. */
  private final int[] namedBy;

  private int lists;

  GraphCheck(HnswGraph graph, SlotSet live, SlotSet linked, int upperRecords) {
    this.graph = graph;
    this.ground = graph.ground;
    this.upper = graph.upper;
    this.live = live;
    this.linked = linked;
    this.upperRecords = upperRecords;
    this.namedBy = new int[linked.end()];
  }

  /** Upper records that hang from a node, once {@link #holds}. */
  BitSet usedUpperRecords() {
    return used;
  }

  boolean holds(long entry) {
    int[] nodes = linked.toArray();
    return Arrays.stream(nodes).allMatch(this::hasRecords)
        && isEntry(entry)
        && haveLists(nodes)
        && isBackbone(nodes, entry);
  }

  /** The records of a node are there, and its own; so chains of them end. */
  private boolean hasRecords(int slot) {
    for (int r = ground.above(slot); r != Links.NONE; r = upper.above(r)) {
      if (r < 0 || r >= upperRecords || used.get(r)) {
        return false;
      }
      used.set(r);
    }
    return true;
  }

  private boolean isEntry(long entry) {
    if (linked.size() == 0) {
      return entry == HnswGraph.NO_ENTRY;
    }
    int slot = HnswGraph.slotOf(entry);
    return entry >= 0
        && slot >= 0
        && linked.contains(slot)
        && graph.levelOfSlot(slot) == HnswGraph.levelOf(entry);
  }

  private boolean haveLists(int[] nodes) {
    Arrays.fill(namedBy, NO_NODE);
    for (int slot : nodes) {
      namedBy[slot] = 0;
    }
    return Arrays.stream(nodes).allMatch(this::hasLists);
  }

  private boolean hasLists(int slot) {
    int level = 0;
    for (int r = slot; r != Links.NONE; r = graph.layer(level++).above(r)) {
      if (!isList(slot, r, level)) {
        return false;
      }
    }
    return true;
  }

  /** Other nodes of the layer, each once. */
  private boolean isList(int slot, int record, int level) {
    Links links = graph.layer(level);
    int count = links.count(record);
    if (count < 0
        || count > links.degree()
        || count < Long.SIZE && links.backbone(record) >>> count != 0) {
      return false;
    }
    lists++;
    for (int i = 0, n = links.read(record, neighbors); i < n; i++) {
      int target = neighbors[i];
      if (target < 0
          || target == slot
          || target >= namedBy.length
          || namedBy[target] >= lists
          || level > 0 && graph.record(target, level) == Links.NONE) {
        return false;
      }
      namedBy[target] = lists;
    }
    return true;
  }

  /**
   * The backbone is one tree with all live nodes, tied both ways. Deleted ones may have been taken
   * out of it.
   *
   * <p>Goes through it from the entry, breadth first: whose turn it is then, is known long before,
   * and the processor need not wait for each node's bytes.
   */
  private boolean isBackbone(int[] nodes, long entry) {
    if (nodes.length == 0) {
      return true;
    }
    int[] parents = namedBy;
    Arrays.fill(parents, NO_NODE);
    int[] queue = new int[nodes.length];
    int root = HnswGraph.slotOf(entry);
    int reached = 0;
    parents[root] = root;
    queue[reached++] = root;
    for (int next = 0; next < reached; next++) {
      int slot = queue[next];
      int parent = parents[slot];
      boolean isTiedToParent = slot == root;
      for (long bits = ground.backbone(slot); bits != 0; bits &= bits - 1) {
        int target = ground.link(slot, Long.numberOfTrailingZeros(bits));
        if (target == parent) {
          isTiedToParent = true;
        } else if (parents[target] == NO_NODE) {
          parents[target] = slot;
          queue[reached++] = target;
        } else {
          return false; // a second way to it
        }
      }
      if (!isTiedToParent) {
        return false;
      }
    }
    return reached == nodes.length || Arrays.stream(nodes).allMatch(this::isOutsideOrReached);
  }

  private boolean isOutsideOrReached(int slot) {
    return namedBy[slot] != NO_NODE || !live.contains(slot) && ground.backbone(slot) == 0;
  }
}
