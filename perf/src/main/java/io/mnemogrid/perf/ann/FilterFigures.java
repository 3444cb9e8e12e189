package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.SlotFilter;
import io.mnemogrid.vector.Tier;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Searches that want only some of the vectors, which are spread at random over the slots. */
final class FilterFigures {
  private static final double[] SHARES = {0.5, 0.1, 0.01, 0.001};
  private static final Target COST = Target.atMost(1.2);
  private static final Target RECALL = Target.atLeast(0.95);

  private final Workbench bench;
  private final Verdicts verdicts;

  FilterFigures(Workbench bench) {
    this.bench = bench;
    this.verdicts = bench.verdicts();
  }

  void measure() {
    List<Subset> wanted = new ArrayList<>();
    for (double share : SHARES) {
      int count = (int) Math.round(share * bench.set().count());
      wanted.add(Subset.random(bench.set(), Math.max(Truth.K, count)));
    }
    measure("graph", Tier.GRAPH, wanted);
    measure("codes", Tier.CODES, wanted);
  }

  private void measure(String name, Tier tier, List<Subset> wanted) {
    verdicts.heading("filters, %s tier, rows FLOAT32, default ef, cost beside no filter:", name);
    try (MnemogridIndex index = bench.build(RowFormat.FLOAT32, Tiers.only(tier))) {
      List<SearchAtEf> searches = new ArrayList<>();
      searches.add(
          new SearchAtEf(
              "no filter", new SearchTrial(index::newSearcher, bench.set()), Workbench.DEFAULT_EF));
      for (Subset subset : wanted) {
        BitSet slots = subset.slots(index);
        searches.add(search(name, "known set", index, subset, SlotFilter.of(slots)));
        searches.add(search(name, "predicate", index, subset, slots::get));
      }
      Map<SearchAtEf, Rates> rates = bench.inTurns(searches);
      print(rates);
      double unfiltered = nanos(rates, searches.getFirst());
      for (SearchAtEf search : searches.subList(1, searches.size())) {
        verdicts.judge(search.name(), nanos(rates, search) / unfiltered, "x cost", COST);
        verdicts.judge(search.name(), search.recall(), "recall@10", RECALL);
      }
    }
  }

  private SearchAtEf search(
      String tier, String kind, MnemogridIndex index, Subset subset, SlotFilter filter) {
    double percent = 100.0 * subset.set().count() / bench.set().count();
    int[] numberOfSlot = subset.numberOfSlot(index);
    var trial =
        new SearchTrial(
            () -> new MnemogridSearcher(index.index(), numberOfSlot, filter), subset.set());
    String name = "%s, %s of %s %%".formatted(tier, kind, Verdicts.number(percent));
    return new SearchAtEf(name, trial, Workbench.DEFAULT_EF);
  }

  private void print(Map<SearchAtEf, Rates> rates) {
    rates.forEach((search, its) ->
        verdicts.line(
            "  %-30s recall %.4f  %,10.1f us a query",
            search.name(), search.recall(), its.medianCpuNanos() / 1e3));
  }

  private static double nanos(Map<SearchAtEf, Rates> rates, SearchAtEf search) {
    return Objects.requireNonNull(rates.get(search)).medianCpuNanos();
  }
}
