package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;

/**
 * What one step of maintenance sees.
 *
 * @param live slots that searches see; the others in the graph are deleted
 * @param linked nodes of the graph
 * @param doomed nodes that a running sweep takes out; nothing may link to them any more, nor is
 *     anything linked while they are all there are
 * @param walkScores how walks score nodes; links are chosen by the rows
 */
public record GraphView(
    HnswGraph graph,
    Scorer scorer,
    RowDirectory rows,
    SlotSet live,
    SlotSet linked,
    SlotSet doomed,
    WalkScores walkScores,
    GraphScratch scratch) {}
