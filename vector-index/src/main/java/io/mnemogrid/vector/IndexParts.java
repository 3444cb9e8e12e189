package io.mnemogrid.vector;

import io.mnemogrid.vector.memory.ReadGate;
import io.mnemogrid.vector.memory.RetiredBlocks;
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
    ReadGate gate) {}
