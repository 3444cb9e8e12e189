package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.memory.Region;
import io.mnemogrid.vector.memory.SlabAllocator;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A graph as stretches of memory, to be copied out and back in. Maintenance has to be held off. */
public final class GraphImage {
  private GraphImage() {}

  /** Records of the ground layer to be copied for an index of {@code slots}. */
  public static int groundRecords(HnswGraph graph, int slots) {
    return Math.min(graph.ground.capacity(), slots);
  }

  public static int upperRecords(HnswGraph graph) {
    return graph.upperRecords();
  }

  public static List<Region> regions(HnswGraph graph, int groundRecords, int upperRecords) {
    List<Region> regions = new ArrayList<>();
    addRegions(regions, graph.ground, groundRecords);
    addRegions(regions, graph.upper, upperRecords);
    return regions;
  }

  /**
   * A graph with room for so many records, whose bytes are to be filled in before {@link #adopt}.
   */
  public static HnswGraph reserve(
      int m, SlabAllocator allocator, int groundRecords, int upperRecords) {
    var graph = new HnswGraph(m, allocator);
    try {
      graph.ground.makeRoomFor(groundRecords - 1);
      graph.upper.makeRoomFor(upperRecords - 1);
    } catch (RuntimeException e) {
      for (var block : graph.release()) {
        allocator.free(block);
      }
      throw e;
    }
    return graph;
  }

  /**
   * Takes the bytes filled in as the graph, after making sure that no walk can leave it.
   *
   * @return whether they are a graph
   */
  public static boolean adopt(
      HnswGraph graph, SlotSet linked, int groundRecords, int upperRecords, long entry) {
    if (linked.end() > groundRecords) {
      return false;
    }
    var used = new BitSet(upperRecords);
    for (int slot = 0; slot < groundRecords; slot++) {
      if (!linked.contains(slot)) {
        graph.ground.clear(slot);
      } else if (!isNode(graph, linked, slot, used, upperRecords)) {
        return false;
      }
    }
    boolean entryFits =
        linked.size() == 0
            ? entry == -1 || linked.contains(HnswGraph.slotOf(entry))
            : entry >= 0
                && linked.contains(HnswGraph.slotOf(entry))
                && graph.levelOfSlot(HnswGraph.slotOf(entry)) == HnswGraph.levelOf(entry);
    if (entryFits) {
      graph.restore(entry, upperRecords, used);
    }
    return entryFits;
  }

  private static boolean isNode(
      HnswGraph graph, SlotSet linked, int slot, BitSet used, int upperRecords) {
    if (!isList(graph.ground, linked, slot)) {
      return false;
    }
    for (int r = graph.ground.above(slot); r != Links.NONE; r = graph.upper.above(r)) {
      if (r < 0 || r >= upperRecords || used.get(r) || !isList(graph.upper, linked, r)) {
        return false;
      }
      used.set(r);
    }
    return true;
  }

  private static boolean isList(Links links, SlotSet linked, int record) {
    int count = links.count(record);
    if (count < 0 || count > links.degree()) {
      return false;
    }
    if (count < Long.SIZE && links.backbone(record) >>> count != 0) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int target = links.link(record, i);
      if (target < 0 || !linked.contains(target)) {
        return false;
      }
    }
    return true;
  }

  private static void addRegions(List<Region> regions, Links links, int records) {
    for (int record = 0; record < records; ) {
      int many = Math.min(links.contiguousFrom(record), records - record);
      regions.add(new Region(links.address(record), (long) many * links.strideBytes()));
      record += many;
    }
  }
}
