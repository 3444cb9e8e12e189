package io.mnemogrid.vector;

import io.mnemogrid.vector.memory.ReadGate;
import io.mnemogrid.vector.memory.RetiredBlocks;
import io.mnemogrid.vector.memory.SlabAllocator;
import io.mnemogrid.vector.rows.RowStore;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotTable;

/** What the tiers of an index share with it. */
record IndexParts(
    IndexOptions options,
    Scorer scorer,
    SlotTable slots,
    RowStore rows,
    RetiredBlocks retired,
    ReadGate gate) {

  static IndexParts of(IndexOptions options, SlabAllocator allocator) {
    var scorer = new Scorer(options.layout());
    var gate = new ReadGate();
    return new IndexParts(
        options,
        scorer,
        new SlotTable(gate),
        new RowStore(scorer.layout(), allocator),
        new RetiredBlocks(allocator, gate),
        gate);
  }
}
