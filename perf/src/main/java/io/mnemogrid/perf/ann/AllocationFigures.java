package io.mnemogrid.perf.ann;

import com.sun.management.ThreadMXBean;
import io.mnemogrid.vector.Hits;
import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.JointSearch;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.SearchParameters;
import io.mnemogrid.vector.SlotFilter;
import io.mnemogrid.vector.Tier;
import io.mnemogrid.vector.VectorIndex;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What a search leaves to the collector when it is given hits to write over. */
final class AllocationFigures {
  private static final Target NONE = Target.atMost(0);
  private static final int WARM_UPS = 5;
  private static final int PASSING_SHARE = 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Hits hits = new Hits();
  private final Workbench bench;

  AllocationFigures(Workbench bench) {
    this.bench = bench;
  }

  void measure() {
    bench.verdicts().heading("allocation of a compiled search that reuses reader and hits:");
    for (Tier tier : Tier.values()) {
      try (MnemogridIndex index = bench.build(RowFormat.FLOAT32, Tiers.only(tier));
          VectorIndex.Reader reader = index.index().openReader()) {
        measure(tier + " tier", reader);
      }
    }
  }

  private void measure(String tier, VectorIndex.Reader reader) {
    BitSet passing = new BitSet();
    for (int slot = 0; slot < bench.set().count(); slot += PASSING_SHARE) {
      passing.set(slot);
    }
    SearchParameters all = SearchParameters.of(Truth.K);
    SearchParameters known = all.withFilter(SlotFilter.of(passing));
    SearchParameters opaque = all.withFilter(passing::get);
    var one = List.of(new JointSearch.Source(reader, null));
    judge(tier, query -> reader.search(query, all, hits));
    judge(tier + ", filter known as a set", query -> reader.search(query, known, hits));
    judge(tier + ", filter as a predicate", query -> reader.search(query, opaque, hits));
    judge(tier + ", joint search", query -> JointSearch.search(one, query, all, hits));
  }

  private void judge(String what, Consumer<float[]> search) {
    for (int i = 0; i < WARM_UPS; i++) {
      bytesOfOne(search);
    }
    var bytes =
        IntStream.range(0, bench.options().repetitions()).mapToDouble(_ -> bytesOfOne(search));
    bench.verdicts().judge(what, Rates.median(bytes), "bytes", NONE);
  }

  private double bytesOfOne(Consumer<float[]> search) {
    float[][] queries = bench.set().queries();
    long end = System.nanoTime() + bench.options().repetition().toNanos();
    long before = threads.getCurrentThreadAllocatedBytes();
    long searches = 0;
    while (System.nanoTime() < end) {
      search.accept(queries[(int) (searches % queries.length)]);
      searches++;
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / (double) searches;
  }
}
