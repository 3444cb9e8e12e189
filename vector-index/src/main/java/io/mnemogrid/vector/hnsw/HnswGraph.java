package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.SlabAllocator;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The nodes' neighbour lists in all layers, and where walks begin. Slots are the nodes of the
 * ground layer; a node's records in the layers above hang from one another.
 */
public final class HnswGraph {
  static final long NO_ENTRY = -1;

  final Links ground;
  final Links upper;
  private volatile long entry = NO_ENTRY;
  private int upperRecords;
  private int[] freeUpper = {};
  private int freeUpperCount;

  /**
   * Makes an empty graph, without memory.
   *
   * @param m links of a node in the upper layers; twice as many on the ground
   */
  public HnswGraph(int m, SlabAllocator allocator) {
    this.ground = new Links(2 * m, allocator);
    this.upper = new Links(m, allocator);
  }

  public boolean isEmpty() {
    return entry == NO_ENTRY;
  }

  /** Where a walk begins, for {@link LayerWalk#search}. */
  public long entry() {
    return entry;
  }

  static int slotOf(long entry) {
    return (int) entry;
  }

  static int levelOf(long entry) {
    return (int) (entry >>> 32);
  }

  void setEntry(int slot, int level) {
    entry = (long) level << 32 | slot;
  }

  void clearEntry() {
    entry = NO_ENTRY;
  }

  Links layer(int level) {
    return level == 0 ? ground : upper;
  }

  /**
   * The record of {@code slot} in {@link #layer}, or {@link Links#NONE} if it does not reach it.
   */
  int record(int slot, int level) {
    if (level == 0) {
      return slot;
    }
    int record = ground.above(slot);
    for (int i = 1; i < level && record != Links.NONE; i++) {
      record = upper.above(record);
    }
    return record;
  }

  int levelOfSlot(int slot) {
    int level = 0;
    for (int r = ground.above(slot); r != Links.NONE; r = upper.above(r)) {
      level++;
    }
    return level;
  }

  /**
   * Gives {@code slot}, which nobody can reach, empty records in layers 0 to {@code level}.
   *
   * @throws io.mnemogrid.vector.memory.MemoryLimitException if there is no memory; the slot then
   *     has no upper records
   */
  void makeNode(int slot, int level) {
    ground.makeRoomFor(slot);
    dropUpperRecords(slot);
    ground.clear(slot);
    upper.makeRoomFor(upperRecords + Math.max(0, level - freeUpperCount) - 1);
    Links below = ground;
    int record = slot;
    for (int i = 0; i < level; i++) {
      int above = freeUpperCount > 0 ? freeUpper[--freeUpperCount] : upperRecords++;
      upper.clear(above);
      below.setAbove(record, above);
      below = upper;
      record = above;
    }
  }

  /**
   * Gives up the ground behind the first {@code slots} slots, none of which is in the graph.
   *
   * @return blocks that the caller has to free when no walk of before is under way
   */
  public List<Block> trim(int slots) {
    for (int slot = slots; slot < ground.capacity(); slot++) {
      dropUpperRecords(slot);
    }
    return ground.trim(slots);
  }

  private void dropUpperRecords(int slot) {
    for (int r = ground.above(slot); r != Links.NONE; r = upper.above(r)) {
      if (freeUpperCount == freeUpper.length) {
        freeUpper = Arrays.copyOf(freeUpper, Math.max(16, 2 * freeUpperCount));
      }
      freeUpper[freeUpperCount++] = r;
    }
    ground.setAbove(slot, Links.NONE);
  }

  int upperRecords() {
    return upperRecords;
  }

  /** Takes over a state whose records are in place; upper records not in use are free. */
  void restore(long itsEntry, int records, BitSet inUse) {
    upperRecords = records;
    freeUpperCount = 0;
    freeUpper = new int[records - inUse.cardinality()];
    for (int r = 0; r < records; r++) {
      if (!inUse.get(r)) {
        freeUpper[freeUpperCount++] = r;
      }
    }
    entry = itsEntry;
  }

  public long bytes() {
    return ground.bytes() + upper.bytes();
  }

  /** The memory of the graph, which is the caller's from now on; nobody may walk here any more. */
  public Block[] release() {
    Block[] grounds = ground.release();
    Block[] uppers = upper.release();
    Block[] all = Arrays.copyOf(grounds, grounds.length + uppers.length);
    System.arraycopy(uppers, 0, all, grounds.length, uppers.length);
    return all;
  }
}
