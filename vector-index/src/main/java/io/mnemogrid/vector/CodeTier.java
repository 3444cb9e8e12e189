package io.mnemogrid.vector;

import io.mnemogrid.vector.codes.CodeEncoder;
import io.mnemogrid.vector.codes.CodeStore;
import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.RetiredBlocks;
import io.mnemogrid.vector.memory.SlabAllocator;
import io.mnemogrid.vector.rows.RowStore;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotTable;
import org.jspecify.annotations.Nullable;

/**
 * The codes of an index: when it has them, in which form, and around which centre. Writer thread,
 * but for {@link #store}.
 *
 * <p>A code is there before its vector can be seen, so whoever reads the live slots first and the
 * codes after them finds one for each.
 */
final class CodeTier {
  /** Codes of an index that has shrunk below this part of a limit are dropped or laid out anew. */
  private static final int SHRINK_DIVISOR = 2;

  /** A centre is taken anew when there are so many times the vectors it was taken of. */
  private static final int CENTRE_GROWTH = 4;

  /** By then the mean has settled, and making all codes anew would hold up the writer. */
  private static final int MOST_CENTRED_ANEW = 16_384;

  private final IndexOptions.Tiers options;
  private final Scorer scorer;
  private final SlotTable slots;
  private final RowStore rows;
  private final RetiredBlocks retired;
  private final SlabAllocator allocator;
  private volatile @Nullable CodeStore store;
  private int centredAt;
  private int putSince;
  private int refusedAt;

  CodeTier(IndexParts parts, SlabAllocator allocator) {
    this.options = parts.options().tiers();
    this.scorer = parts.scorer();
    this.slots = parts.slots();
    this.rows = parts.rows();
    this.retired = parts.retired();
    this.allocator = allocator;
  }

  /** The codes of all live slots, if there are any. */
  @Nullable CodeStore store() {
    return store;
  }

  /**
   * Makes room for the code of {@code slot}.
   *
   * @throws MemoryLimitException if there is no memory
   */
  void makeRoomFor(int slot) {
    CodeStore now = store;
    if (now != null) {
      retire(now.makeRoomFor(slot));
    }
  }

  /** Gives up what is behind the first {@code slots} slots. */
  void trim(int slots) {
    CodeStore now = store;
    if (now != null) {
      now.trim(slots).forEach(retired::add);
    }
  }

  /** Makes the code of {@code slot}, whose row is written. */
  void put(int slot, CodeEncoder encoder) {
    CodeStore now = store;
    if (now != null) {
      now.put(source(encoder), slot);
      putSince++;
    }
  }

  /**
   * Whether {@link #settle} has something to do; to be asked after each change of the live slots.
   */
  boolean isUnsettled(int live, boolean hasGraph) {
    CodeStore now = store;
    if (now != null && live < options.codesAbove() / SHRINK_DIVISOR) {
      return true;
    }
    if (live <= refusedAt) {
      return false;
    }
    return now == null
        ? isWorthMaking(live)
        : now.isLines() != wantsLines(now, live, hasGraph)
            || live <= MOST_CENTRED_ANEW && isCentreOld(live);
  }

  /** Whether the vectors that it was taken of are few beside those there are, or are replaced. */
  private boolean isCentreOld(int live) {
    return live >= (long) CENTRE_GROWTH * centredAt || putSince >= live;
  }

  /** Makes codes, makes them anew, or drops them. */
  void settle(int live, boolean hasGraph, CodeEncoder encoder) {
    CodeStore before = store;
    CodeStore after = null;
    if (isWorthMaking(live) || before != null && live >= options.codesAbove() / SHRINK_DIVISOR) {
      try {
        int lineBits = wantsLines(before, live, hasGraph) ? options.codes().walkBits() : 0;
        after = CodeStore.of(source(encoder), slots.live(), slots.slots(), lineBits, allocator);
      } catch (MemoryLimitException e) {
        // Searches go on without, or with those there are; asked again once it has grown.
        refusedAt = askedAgainAt(live);
        return;
      }
      centredAt = live;
      putSince = 0;
      refusedAt = after == null ? askedAgainAt(live) : 0;
    }
    store = after;
    if (before != null) {
      // Only now: a search that begins before this may still take the former ones.
      for (Block block : before.blocks()) {
        retire(block);
      }
    }
  }

  private static int askedAgainAt(int live) {
    return live + live / CENTRE_GROWTH;
  }

  private boolean isWorthMaking(int live) {
    return options.codes() != Codes.NONE && live > options.codesAbove();
  }

  private boolean wantsLines(@Nullable CodeStore now, int live, boolean hasGraph) {
    return hasGraph
        || live > options.graphAbove()
        || now != null && now.isLines() && live >= options.graphAbove() / SHRINK_DIVISOR;
  }

  private CodeStore.Source source(CodeEncoder encoder) {
    return new CodeStore.Source(rows.directory(), scorer, encoder);
  }

  private void retire(@Nullable Block block) {
    if (block != null) {
      retired.add(block);
    }
  }

  /** Frees the codes. The caller makes sure that nobody reads any more. */
  void free() {
    CodeStore last = store;
    store = null;
    if (last != null) {
      last.free();
    }
  }
}
