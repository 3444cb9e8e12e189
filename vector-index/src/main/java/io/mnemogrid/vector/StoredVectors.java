package io.mnemogrid.vector;

import io.mnemogrid.vector.codes.CodeEncoder;
import io.mnemogrid.vector.codes.CodeStore;
import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.NativeMemory;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.SlotTable;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of an index in their slots, each as a row and, where the index has codes, as a code.
 * Writer thread, but for {@link #codes}, {@link #codeBytes} and {@link #isSparse}.
 */
final class StoredVectors {
  /** So many empty slots are kept for vectors to come. */
  private static final int FEW_SLOTS = 32;

  private final IndexParts parts;
  private final VectorMemory memory;
  private volatile @Nullable CodeTier codes;

  StoredVectors(IndexParts parts, VectorMemory memory) {
    this.parts = parts;
    this.memory = memory;
  }

  /** The codes of all live slots, if there are any. */
  @Nullable CodeStore codes() {
    CodeTier its = codes;
    return its == null ? null : its.store();
  }

  long codeBytes() {
    CodeStore now = codes();
    return now == null ? 0 : now.bytes();
  }

  /**
   * Puts a vector where no search sees it yet.
   *
   * @param factor what it is multiplied with to be kept
   * @return its slot
   * @throws VectorMemoryExhausted if there is no memory; nothing has changed then
   */
  int write(float[] vector, float factor) {
    int slot = parts.slots().take();
    boolean hasRoom = false;
    try {
      makeRoomFor(slot);
      hasRoom = true;
    } catch (MemoryLimitException e) {
      throw new VectorMemoryExhausted(String.valueOf(e.getMessage()));
    } finally {
      if (!hasRoom) {
        parts.slots().giveBack(slot);
      }
    }
    parts.scorer().encode(vector, factor, parts.rows().directory().address(slot));
    putCode(slot);
    return slot;
  }

  private void makeRoomFor(int slot) {
    parts.retired().reclaim();
    Block replaced = parts.rows().makeRoomFor(slot);
    if (replaced != null) {
      parts.retired().add(replaced);
    }
    CodeTier its = codes;
    if (its != null) {
      its.makeRoomFor(slot);
    }
    parts.retired().reclaim();
  }

  /** As {@link VectorIndex#moveDown}. */
  int moveDown(int slot) {
    int lower = parts.slots().takeBelow(slot);
    if (lower == SlotTable.NO_SLOT) {
      return slot;
    }
    RowDirectory directory = parts.rows().directory();
    NativeMemory.copy(
        directory.address(slot), directory.address(lower), parts.scorer().layout().strideBytes());
    putCode(lower);
    parts.slots().addAndRemove(lower, slot);
    return lower;
  }

  /** As {@link VectorIndex#isSparse}; any thread. */
  boolean isSparse() {
    int held = parts.slots().live().size();
    return parts.slots().slots() - held > Math.max(held, FEW_SLOTS);
  }

  /**
   * Gives up what is behind the highest slot that anybody may see.
   *
   * @return slots that are left
   */
  int trim() {
    int kept = parts.slots().trim();
    parts.rows().trim(kept).forEach(parts.retired()::add);
    CodeTier its = codes;
    if (its != null) {
      its.trim(kept);
    }
    return kept;
  }

  private void putCode(int slot) {
    CodeTier its = codes;
    if (its != null) {
      CodeEncoder encoder = memory.encoders().take();
      its.put(slot, encoder);
      memory.encoders().giveBack(encoder);
    }
  }

  /** Makes codes, lays them out anew or drops them, as the number of live slots asks for. */
  void settleCodes(boolean hasGraph) {
    int live = parts.slots().live().size();
    CodeTier its = codes;
    if (its == null) {
      IndexOptions.Tiers tiers = parts.options().tiers();
      if (tiers.codes() == Codes.NONE || live <= tiers.codesAbove()) {
        return;
      }
      its = new CodeTier(parts, memory.allocator());
      codes = its;
    }
    if (its.isUnsettled(live, hasGraph)) {
      CodeEncoder encoder = memory.encoders().take();
      its.settle(live, hasGraph, encoder);
      memory.encoders().giveBack(encoder);
      parts.retired().reclaim();
    }
  }

  /** Frees all. The caller makes sure that nobody reads any more. */
  void free() {
    CodeTier its = codes;
    if (its != null) {
      its.free();
    }
    parts.rows().free();
  }
}
