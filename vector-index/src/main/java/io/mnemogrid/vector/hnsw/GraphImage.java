package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.memory.Region;
import io.mnemogrid.vector.memory.SlabAllocator;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.ArrayList;
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
   * Takes the bytes filled in as the graph, after making sure that they are one.
   *
   * @param live slots that searches are to find
   * @return whether they are a graph
   */
  public static boolean adopt(HnswGraph graph, SlotSet live, SlotSet linked, Extent extent) {
    int groundRecords = extent.groundRecords();
    int upperRecords = extent.upperRecords();
    long entry = extent.entry();
    if (linked.end() > groundRecords) {
      return false;
    }
    for (int slot = 0; slot < groundRecords; slot++) {
      if (!linked.contains(slot)) {
        graph.ground.clear(slot);
      }
    }
    var check = new GraphCheck(graph, live, linked, upperRecords);
    boolean holds = check.holds(entry);
    if (holds) {
      graph.restore(entry, upperRecords, check.usedUpperRecords());
    }
    return holds;
  }

  private static void addRegions(List<Region> regions, Links links, int records) {
    for (int record = 0; record < records; ) {
      int many = Math.min(links.contiguousFrom(record), records - record);
      regions.add(new Region(links.address(record), (long) many * links.strideBytes()));
      record += many;
    }
  }

  /** What an image's header says of a graph: records of the layers in the image, and its entry. */
  public record Extent(int groundRecords, int upperRecords, long entry) {}
}
