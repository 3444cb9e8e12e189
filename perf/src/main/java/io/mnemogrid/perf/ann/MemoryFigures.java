package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.MemoryReport;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Tier;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;

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
    verdicts.heading("memory, bytes a vector:");
    for (RowFormat rows : RowFormat.values()) {
      measureScanTier(rows);
    }
    judgeBesidePeer(graphBytes(RowFormat.FLOAT32), graphBytes(RowFormat.INT24));
    measureCompact();
  }

  private void measureScanTier(RowFormat rows) {
    String what = "scan tier, rows " + rows;
    try (MnemogridIndex grown = bench.build(rows, Tiers.only(Tier.CODES));
        var memory = new VectorMemory(Long.MAX_VALUE);
        VectorIndex loaded = Images.load(Images.write(grown.index()), memory)) {
      double beyondGrown = print(what + ", grown", grown.index()) - bareRow(rows);
      double beyondLoaded = print(what + ", loaded", loaded) - bareRow(rows);
      verdicts.judge(what + ", grown", beyondGrown, "B beyond row", BEYOND_ROW);
      verdicts.judge(what + ", loaded", beyondLoaded, "B beyond row", BEYOND_ROW);
    }
  }

  private double graphBytes(RowFormat rows) {
    try (MnemogridIndex index = bench.build(rows, Tiers.only(Tier.GRAPH))) {
      return print("graph tier, rows " + rows, index.index());
    }
  }

  private void judgeBesidePeer(double floats, double integers) {
    String what = "graph tier, rows INT24 / hnswlib";
    try {
      double ofPeer = bench.hnswlib().bytesPerVector();
      verdicts.line("  hnswlib %,.1f; rows FLOAT32 / hnswlib %.3f", ofPeer, floats / ofPeer);
      verdicts.judge(what, integers / ofPeer, "x bytes", OF_HNSWLIB);
    } catch (EngineMissingException e) {
      verdicts.notCompared(what, OF_HNSWLIB, e.reason());
    }
  }

  /** A graph over rows of bytes, walked by the rows, so that there are no codes. */
  private void measureCompact() {
    Tiers tiers = Tiers.only(Tier.GRAPH).withCodes(Codes.NONE);
    try (MnemogridIndex index = bench.build(RowFormat.INT8, tiers)) {
      double bytes = print("compact, rows INT8, no codes", index.index());
      double recall = new SearchTrial(index::newSearcher, bench.set()).recall(Workbench.DEFAULT_EF);
      verdicts.judge("compact", bytes, "B", COMPACT);
      verdicts.judge("compact, default ef", recall, "recall@10", COMPACT_RECALL);
    }
  }

  private double print(String what, VectorIndex index) {
    MemoryReport report = index.memory();
    double count = bench.set().count();
    verdicts.line(
        "  %-32s rows %,8.1f + codes %6.1f + graph %6.1f + retired %4.1f = %,8.1f",
        what,
        report.rowBytes() / count,
        report.codeBytes() / count,
        report.graphBytes() / count,
        report.retiredBytes() / count,
        report.totalBytes() / count);
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
