package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.BestSlots;

/** Changes of one neighbour list, which walkers may be reading. Maintainer only. */
final class Neighborhood {
  /** Writes the choice made in {@code view}'s scratch as the list of {@code record}. */
  void write(GraphView view, int level, int record) {
    Links links = view.graph().layer(level);
    NeighborChoice choice = view.scratch().choice;
    long backbone = 0;
    for (int i = 0; i < choice.count(); i++) {
      links.set(record, i, choice.chosen(i));
      if (choice.keeps(choice.chosen(i))) {
        backbone |= 1L << i;
      }
    }
    links.setCount(record, choice.count());
    links.setBackbone(record, backbone);
  }

  /** Begins a choice that keeps the backbone links of {@code record}. */
  void beginChoice(GraphView view, int level, int record) {
    Links links = view.graph().layer(level);
    NeighborChoice choice = view.scratch().choice;
    choice.begin();
    for (long bits = links.backbone(record); bits != 0; bits &= bits - 1) {
      choice.keep(links.link(record, Long.numberOfTrailingZeros(bits)));
    }
  }

  /** Links {@code node} to {@code added}, giving up another link if the list is full. */
  void link(GraphView view, int level, int node, int added) {
    Links links = view.graph().layer(level);
    int record = view.graph().record(node, level);
    if (record == Links.NONE || links.indexOf(record, added) != Links.NONE) {
      return;
    }
    if (links.count(record) < links.degree()) {
      links.append(record, added);
      return;
    }
    GraphScratch scratch = view.scratch();
    view.scorer().load(scratch.neighbor, view.rows().address(node));
    beginChoice(view, level, record);
    BestSlots ranked = scratch.ranked;
    ranked.reset(links.degree() + 1);
    scratch.batch.clear();
    scratch.rowScores.bind(view.rows(), view.scorer(), scratch.neighbor);
    for (int i = 0; i < links.degree(); i++) {
      int slot = links.link(record, i);
      addTo(ranked, view, slot);
    }
    addTo(ranked, view, added);
    ranked.offerAll(scratch.rowScores, scratch.batch);
    scratch.rowScores.forget();
    ranked.sort();
    scratch.choice.choose(ranked, links.degree(), view.scorer(), view.rows());
    write(view, level, record);
  }

  private static void addTo(BestSlots ranked, GraphView view, int slot) {
    GraphScratch scratch = view.scratch();
    if (scratch.batch.isFull()) {
      ranked.offerAll(scratch.rowScores, scratch.batch);
    }
    scratch.batch.add(slot);
  }
}
