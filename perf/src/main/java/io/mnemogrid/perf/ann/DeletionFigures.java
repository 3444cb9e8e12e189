package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Tier;
import io.mnemogrid.vector.VectorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Half of the vectors deleted at random, beside an index built of the others alone. */
final class DeletionFigures {
  private static final int[] EFS = {20, 32, Workbench.DEFAULT_EF, 128};
  private static final Target LOSS = Target.atMost(0.5);

  private final Workbench bench;
  private final Verdicts verdicts;

  DeletionFigures(Workbench bench) {
    this.bench = bench;
    this.verdicts = bench.verdicts();
  }

  void measure() {
    Subset survivors = Subset.random(bench.set(), bench.set().count() / 2);
    measure("graph", Tier.GRAPH, survivors);
    measure("codes", Tier.CODES, survivors);
  }

  private void measure(String name, Tier tier, Subset survivors) {
    verdicts.heading("half deleted at random, %s tier, rows FLOAT32:", name);
    try (MnemogridIndex left = bench.build(RowFormat.FLOAT32, Tiers.only(tier));
        MnemogridIndex fresh = bench.build(survivors.set(), RowFormat.FLOAT32, Tiers.only(tier))) {
      int[] numberOfSlot = survivors.numberOfSlot(left);
      VectorIndex index = left.index();
      for (int slot = 0; slot < bench.set().count(); slot++) {
        if (numberOfSlot[slot] < 0) {
          index.delete(slot);
        }
      }
      var ofLeft =
          new SearchTrial(() -> new MnemogridSearcher(index, numberOfSlot, null), survivors.set());
      var ofFresh = new SearchTrial(fresh::newSearcher, survivors.set());
      double unswept = ofLeft.recall(Workbench.DEFAULT_EF);
      Rate sweep = Stopwatch.time(survivors.set().count(), left::settle);
      verdicts.line(
          "  recall before maintenance %.4f; maintenance %.1f us a deletion",
          unswept, 1e6 / sweep.perCpuSecond());
      compare(name, ofLeft, ofFresh);
    }
  }

  private void compare(String name, SearchTrial left, SearchTrial fresh) {
    List<SearchAtEf> searches = new ArrayList<>();
    for (int ef : EFS) {
      searches.add(new SearchAtEf("left", left, ef));
      searches.add(new SearchAtEf("fresh", fresh, ef));
    }
    Map<SearchAtEf, Rates> rates = bench.inTurns(searches);
    rates.forEach((search, its) ->
        verdicts.line(
            "  %-6s ef %4d  recall %.4f  %,10.1f us a query",
            search.name(), search.ef(), search.recall(), its.medianCpuNanos() / 1e3));
    for (int ef : EFS) {
      double lost = (fresh.recall(ef) - left.recall(ef)) * 100;
      verdicts.judge(
          "half deleted, %s tier, ef %d, recall lost".formatted(name, ef), lost, "points", LOSS);
    }
  }
}
