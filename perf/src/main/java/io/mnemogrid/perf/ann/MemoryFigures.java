package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.MemoryReport;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Tier;

/** What a vector takes outside the heap, and what an index of the least memory still finds. */
final class MemoryFigures {
  private static final Target BEYOND_ROW = Target.atMost(64);
  private static final Target OF_HNSWLIB = Target.atMost(0.95);
  private static final Target COMPACT = Target.atMost(600);
  private static final Target COMPACT_RECALL = Target.atLeast(0.95);

  private final Workbench bench;
  private final Verdicts verdicts;

  MemoryFigures(Workbench bench) {
    this.bench = bench;
    this.verdicts = bench.verdicts();
  }

  void measure() {
    verdicts.heading("memory, bytes a vector as allocated:");
    for (RowFormat rows : RowFormat.values()) {
      try (MnemogridIndex index = bench.build(rows, Tiers.only(Tier.CODES))) {
        double beyond = print("scan", rows, Codes.ONE_BIT, index) - bareRow(rows);
        verdicts.judge("scan tier, rows " + rows, beyond, "B beyond row", BEYOND_ROW);
      }
    }
    for (RowFormat rows : new RowFormat[] {RowFormat.FLOAT32, RowFormat.INT24}) {
      try (MnemogridIndex index = bench.build(rows, Tiers.only(Tier.GRAPH))) {
        judgeBesidePeer(rows, print("graph", rows, Codes.TWO_BITS, index));
      }
    }
    measureCompact(Codes.NONE);
    measureCompact(Codes.ONE_BIT);
  }

  private void judgeBesidePeer(RowFormat rows, double bytes) {
    String what = "graph tier, rows " + rows + " / hnswlib";
    try {
      double ofPeer = bench.hnswlib().bytesPerVector();
      verdicts.judge(what, bytes / ofPeer, "x bytes", OF_HNSWLIB);
    } catch (EngineMissingException e) {
      verdicts.notCompared(what, OF_HNSWLIB, e.reason());
    }
  }

  private void measureCompact(Codes codes) {
    Tiers tiers = Tiers.only(Tier.GRAPH).withCodes(codes);
    try (MnemogridIndex index = bench.build(RowFormat.INT8, tiers)) {
      double bytes = print("compact", RowFormat.INT8, codes, index);
      double recall = new SearchTrial(index::newSearcher, bench.set()).recall(Workbench.DEFAULT_EF);
      String what = "compact, a graph over bytes, walked by " + walkedBy(codes);
      verdicts.judge(what, bytes, "B", COMPACT);
      verdicts.judge(what + ", ef " + Workbench.DEFAULT_EF, recall, "recall@10", COMPACT_RECALL);
    }
  }

  private static String walkedBy(Codes codes) {
    return codes == Codes.NONE ? "rows" : "codes";
  }

  private double print(String tier, RowFormat rows, Codes codes, MnemogridIndex index) {
    MemoryReport report = index.index().memory();
    double count = bench.set().count();
    verdicts.line(
        "  %-8s rows %-8s codes %-9s rows %,8.1f + codes %6.1f + graph %6.1f + retired %4.1f ="
            + " %,8.1f; a row is %d",
        tier,
        rows,
        codes,
        report.rowBytes() / count,
        report.codeBytes() / count,
        report.graphBytes() / count,
        report.retiredBytes() / count,
        report.totalBytes() / count,
        bareRow(rows));
    return report.totalBytes() / count;
  }

  /** As {@link RowFormat} says. */
  private int bareRow(RowFormat rows) {
    int dimension = bench.set().dimension();
    return switch (rows) {
      case FLOAT32 -> dimension * Float.BYTES;
      case INT8 -> dimension + Float.BYTES;
      case INT24 -> 3 * dimension + Float.BYTES;
    };
  }
}
