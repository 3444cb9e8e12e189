package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scan of all codes in one index, by how many candidates are scored exactly. */
final class ScanFigures {
  private static final int[] EFS = {20, 30, 50, 100, 200};

  /** Five times as many as are wanted. */
  private static final int JUDGED_EF = 5 * Truth.K;

  private static final Target NANOS_A_VECTOR = Target.atMost(6);
  private static final Target RECALL = Target.atLeast(0.985);

  private final Workbench bench;

  ScanFigures(Workbench bench) {
    this.bench = bench;
  }

  void measure() {
    Verdicts verdicts = bench.verdicts();
    verdicts.heading("one scan over all vectors, rows FLOAT32, rescoring included:");
    try (MnemogridIndex codes = bench.build(RowFormat.FLOAT32, Tiers.only(Tier.CODES));
        MnemogridIndex exact = bench.build(RowFormat.FLOAT32, Tiers.only(Tier.EXACT))) {
      Map<SearchAtEf, Rates> rates = bench.inTurns(searches(codes, exact));
      verdicts.line(
          "  %-12s %8s %12s %14s %14s", "", "recall", "us a query", "ns a vector", "on the clock");
      rates.forEach(this::print);
      rates.forEach(this::judge);
      double codeBytes = codes.index().memory().codeBytes() / (double) bench.set().count();
      verdicts.line("  codes take %s bytes a vector", Verdicts.number(codeBytes));
    }
  }

  private List<SearchAtEf> searches(MnemogridIndex codes, MnemogridIndex exact) {
    List<SearchAtEf> searches = new ArrayList<>();
    var coded = new SearchTrial(codes::newSearcher, bench.set());
    for (int ef : EFS) {
      searches.add(new SearchAtEf("codes, ef " + ef, coded, ef));
    }
    var scored = new SearchTrial(exact::newSearcher, bench.set());
    searches.add(new SearchAtEf("all floats", scored, Truth.K));
    return searches;
  }

  private void print(SearchAtEf search, Rates rates) {
    bench
        .verdicts()
        .line(
            "  %-12s %8.4f %,12.1f %14.2f %14.2f",
            search.name(),
            search.recall(),
            rates.medianCpuNanos() / 1e3,
            rates.medianCpuNanos() / bench.set().count(),
            rates.medianWallNanos() / bench.set().count());
  }

  private void judge(SearchAtEf search, Rates rates) {
    if (search.ef() == JUDGED_EF) {
      double nanos = rates.medianCpuNanos() / bench.set().count();
      bench.verdicts().judge("scan at 5 x oversampling", nanos, "ns a vector", NANOS_A_VECTOR);
      bench.verdicts().judge("scan at 5 x oversampling", search.recall(), "recall@10", RECALL);
    }
  }
}
