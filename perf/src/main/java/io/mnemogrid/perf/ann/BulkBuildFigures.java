package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Tier;
import java.util.LinkedHashMap;
import java.util.Map;

/** A graph over all vectors, built at once by one thread and by two. */
final class BulkBuildFigures {
  private static final int[] THREADS = {1, 2};

  private final Workbench bench;

  BulkBuildFigures(Workbench bench) {
    this.bench = bench;
  }

  void measure() {
    Verdicts verdicts = bench.verdicts();
    verdicts.heading("graph built at once, rows FLOAT32, on the clock and by the whole process:");
    Map<Integer, Rates> rates = bench.repeat(0, this::buildOnceByEach);
    double ofOne = rates.values().iterator().next().medianPerSecond();
    rates.forEach((threads, its) ->
        verdicts.line(
            "  %d threads %,8.0f vectors a second, %,8.0f a CPU second, %.2f x one thread",
            threads,
            its.medianPerSecond(),
            its.medianPerCpuSecond(),
            its.medianPerSecond() / ofOne));
  }

  private Map<Integer, Rate> buildOnceByEach() {
    Map<Integer, Rate> rates = new LinkedHashMap<>();
    for (int threads : THREADS) {
      var index = new MnemogridIndex(Engines.OURS, RowFormat.FLOAT32, Tiers.only(Tier.GRAPH));
      try (var engine = new JvmEngine(index, bench.set())) {
        BuildFigures figures = engine.build(GraphParameters.COMPARED, threads);
        rates.put(
            threads, new Rate(figures.vectors(), figures.wallSeconds(), figures.cpuSeconds()));
      }
    }
    return rates;
  }
}
