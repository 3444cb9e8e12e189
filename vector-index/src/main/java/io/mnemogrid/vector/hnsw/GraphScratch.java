package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.RowScores;
import io.mnemogrid.vector.rows.Scope;
import io.mnemogrid.vector.rows.ScoreBatch;

/** What the maintainer of a graph works with. Reused for any graph; one thread at a time. */
public final class GraphScratch {
  final LayerWalk walk = new LayerWalk();
  final Scope candidates = new Scope();
  final RowScores rowScores = new RowScores();
  final ScoreBatch batch = new ScoreBatch();
  final VisitedMarks seen = new VisitedMarks();
  final Query node = new Query();
  final Query neighbor = new Query();
  final BestSlots found = new BestSlots();
  final BestSlots ranked = new BestSlots();
  final NeighborChoice choice = new NeighborChoice();
}
