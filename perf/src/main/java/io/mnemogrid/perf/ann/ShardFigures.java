package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The same vectors in one shard or in many that one member searches together. */
final class ShardFigures {
  private static final double RECALL = 0.95;
  private static final int[] COUNTS = {1, 16, 64, 271};
  private static final int[] GRAPHS = {1, 4, 16};
  private static final Target OF_ONE_SHARD = Target.atMost(1.3);
  private static final Target OF_HNSWLIB = Target.atMost(5);

  private final Workbench bench;
  private final Verdicts verdicts;
  private final List<JvmEngine> members = new ArrayList<>();

  ShardFigures(Workbench bench) {
    this.bench = bench;
    this.verdicts = bench.verdicts();
  }

  void measure() {
    verdicts.heading(
        "one member's shards, searched together by codes, rows FLOAT32, least ef for %.2f:",
        RECALL);
    try {
      build(COUNTS, Tiers.only(Tier.CODES));
      measureMembers();
    } finally {
      members.forEach(JvmEngine::close);
    }
  }

  /** Without a target: what it costs to walk through many graphs in place of one. */
  void measureGraphs() {
    verdicts.heading(
        "one member's shards, searched together by graphs, rows FLOAT32, least ef for %.2f:",
        RECALL);
    try {
      build(GRAPHS, Tiers.only(Tier.GRAPH).withCodes(Codes.TWO_BITS));
      Map<SearchAtEf, Rates> rates = bench.inTurns(ofMembers());
      double ofOne = rates.values().iterator().next().medianCpuNanos();
      rates.forEach((search, its) -> print(search, its, ofOne));
    } finally {
      members.forEach(JvmEngine::close);
    }
  }

  private void build(int[] counts, Tiers tiers) {
    for (int count : counts) {
      var member = new JvmEngine(new MnemogridShards(count, tiers), bench.set());
      members.add(member);
      member.build(GraphParameters.COMPARED, 1);
    }
  }

  private List<SearchAtEf> ofMembers() {
    List<SearchAtEf> searches = new ArrayList<>();
    members.forEach(member -> searches.add(atLeastEf(member)));
    return searches;
  }

  private void measureMembers() {
    List<SearchAtEf> searches = ofMembers();
    String missing = "";
    SearchAtEf peer = null;
    try {
      peer = atLeastEf(bench.hnswlib());
      searches.add(peer);
    } catch (EngineMissingException e) {
      missing = e.reason();
    }
    Map<SearchAtEf, Rates> rates = bench.inTurns(searches);
    double ofOne = nanos(rates, searches.getFirst());
    rates.forEach((search, its) -> print(search, its, ofOne));
    SearchAtEf most = searches.get(members.size() - 1);
    verdicts.judge(
        most.name() + " / one shard", nanos(rates, most) / ofOne, "x cost", OF_ONE_SHARD);
    judgeBeside(peer, missing, most, rates);
  }

  private void judgeBeside(
      @Nullable SearchAtEf peer, String missing, SearchAtEf most, Map<SearchAtEf, Rates> rates) {
    String what = most.name() + " / one hnswlib search";
    if (peer == null) {
      verdicts.notCompared(what, OF_HNSWLIB, missing);
    } else {
      double ratio = nanos(rates, most) / nanos(rates, peer);
      verdicts.judge(what, ratio, "x cost", OF_HNSWLIB);
    }
  }

  private static double nanos(Map<SearchAtEf, Rates> rates, SearchAtEf search) {
    Rates its = rates.get(search);
    return its == null ? Double.NaN : its.medianCpuNanos();
  }

  private static SearchAtEf atLeastEf(AnnEngine engine) {
    OptionalInt ef = new RecallByEf(engine).leastEf(RECALL);
    return new SearchAtEf(engine.name(), engine, ef.orElse(RecallByEf.MOST_EF));
  }

  private void print(SearchAtEf search, Rates rates, double ofOne) {
    verdicts.line(
        "  %-12s ef %4d  recall %.4f  %,10.1f us a query  %,10.1f on the clock  %6.2f x",
        search.name(),
        search.ef(),
        search.recall(),
        rates.medianCpuNanos() / 1e3,
        rates.medianWallNanos() / 1e3,
        rates.medianCpuNanos() / ofOne);
  }
}
