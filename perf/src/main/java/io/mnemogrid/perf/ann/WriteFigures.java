package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.ann.Changes.Step;
import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Tier;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What it costs to change an index. */
final class WriteFigures {
  private static final Target INSERT = Target.atMost(5);
  private static final Target DELETE = Target.atMost(1);
  private static final int MOST_SCANNED = 10_000;
  private static final int MOST_LINKED = 1_000;
  private static final int LEAST_SHARE = 10;
  private static final int WARM_UPS = 5;

  private final Workbench bench;
  private final Verdicts verdicts;

  WriteFigures(Workbench bench) {
    this.bench = bench;
    this.verdicts = bench.verdicts();
  }

  void measure() {
    verdicts.heading("writes, microseconds each:");
    for (RowFormat rows : List.of(RowFormat.FLOAT32, RowFormat.INT24, RowFormat.INT8)) {
      measureScanTier(rows);
    }
    measureGraphTier();
  }

  private void measureScanTier(RowFormat rows) {
    String what = "scan tier, rows " + rows + ": ";
    Map<Step, Rates> grown = bench.repeat(2, () -> grow(rows));
    verdicts.judge(what + "insert, from none to all", micros(grown, Step.INSERT), "us", INSERT);
    try (MnemogridIndex built = bench.build(rows, Tiers.only(Tier.CODES))) {
      var changes = new Changes(bench.set(), built, atMost(MOST_SCANNED));
      Map<Step, Rates> costs = bench.repeat(WARM_UPS, changes::round);
      verdicts.judge(what + "insert into all", micros(costs, Step.INSERT), "us", INSERT);
      verdicts.judge(what + "delete", micros(costs, Step.DELETE), "us", DELETE);
      verdicts.line("  %sreplace %s us", what, number(costs, Step.REPLACE));
    }
  }

  /** The insertion of all vectors into an empty index, with all new codes that makes needed. */
  private Map<Step, Rate> grow(RowFormat rows) {
    try (var index = new MnemogridIndex(Engines.OURS, rows, Tiers.only(Tier.CODES))) {
      float[][] vectors = bench.set().base();
      return Map.of(
          Step.INSERT,
          Stopwatch.time(vectors.length, () -> index.build(vectors, GraphParameters.COMPARED, 1)));
    }
  }

  private void measureGraphTier() {
    try (MnemogridIndex built = bench.build(RowFormat.FLOAT32, Tiers.only(Tier.GRAPH))) {
      int many = atMost(MOST_LINKED);
      var changes = new Changes(bench.set(), built, many);
      Map<Step, Rates> costs = bench.repeat(1, changes::round);
      verdicts.line(
          "  graph tier, rows FLOAT32, %,d at once: insert %s, linking %s; delete %s, sweeping %s;"
              + " replace %s",
          many,
          number(costs, Step.INSERT),
          number(costs, Step.LINK),
          number(costs, Step.DELETE),
          number(costs, Step.SWEEP),
          number(costs, Step.REPLACE));
    }
  }

  private int atMost(int most) {
    return Math.min(most, bench.set().count() / LEAST_SHARE);
  }

  private static double micros(Map<Step, Rates> costs, Step step) {
    return Objects.requireNonNull(costs.get(step)).medianCpuNanos() / 1e3;
  }

  private static String number(Map<Step, Rates> costs, Step step) {
    return Verdicts.number(micros(costs, step));
  }
}
