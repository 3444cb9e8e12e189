package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.SearchParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the parts of {@link TierFigures} share. One thread. */
final class Workbench implements AutoCloseable {
  /** What {@link io.mnemogrid.vector.SearchParameters#of} makes of ten hits. */
  static final int DEFAULT_EF = SearchParameters.of(Truth.K).efSearch();

  private static final int WARM_UP_REPETITIONS = 3;

  private final RunOptions options;
  private final VectorSet set;
  private final Verdicts verdicts;
  private final HnswlibProgram hnswlib;
  private @Nullable AnnEngine peer;

  Workbench(RunOptions options, VectorSet set, Verdicts verdicts, HnswlibProgram hnswlib) {
    this.options = options;
    this.set = set;
    this.verdicts = verdicts;
    this.hnswlib = hnswlib;
  }

  VectorSet set() {
    return set;
  }

  RunOptions options() {
    return options;
  }

  Verdicts verdicts() {
    return verdicts;
  }

  MnemogridIndex build(RowFormat rows, Tiers tiers) {
    return build(set, rows, tiers);
  }

  /** An index over {@code vectors}, built by all processors. */
  MnemogridIndex build(VectorSet vectors, RowFormat rows, Tiers tiers) {
    var index = new MnemogridIndex(Engines.OURS, rows, tiers);
    index.build(vectors.base(), GraphParameters.COMPARED, index.buildThreadsMost());
    return index;
  }

  /**
   * hnswlib over the set, built at the first call.
   *
   * @throws EngineMissingException if it is not on this machine
   */
  AnnEngine hnswlib() {
    AnnEngine built = peer;
    if (built == null) {
      built = new Engines(set, hnswlib).create(Engines.HNSWLIB);
      built.build(GraphParameters.COMPARED, Runtime.getRuntime().availableProcessors());
      peer = built;
    }
    return built;
  }

  /** Measures searches by one thread: the first repetition of each, then the second of each. */
  Map<SearchAtEf, Rates> inTurns(List<SearchAtEf> searches) {
    Duration warmUp = options.repetition().multipliedBy(WARM_UP_REPETITIONS);
    searches.forEach(one -> one.search().measure(one.ef(), 1, warmUp));
    return repeat(
        0,
        () -> {
          Map<SearchAtEf, Rate> turn = new LinkedHashMap<>();
          for (SearchAtEf one : searches) {
            turn.put(one, one.search().measureInTurn(one.ef(), 1, options.repetition()));
          }
          return turn;
        });
  }

  /** Repeats something that makes its own figures; the first {@code warmUps} do not count. */
  <S> Map<S, Rates> repeat(int warmUps, Supplier<Map<S, Rate>> measured) {
    Map<S, List<Rate>> all = new LinkedHashMap<>();
    for (int i = 0; i < warmUps + options.repetitions(); i++) {
      Map<S, Rate> once = measured.get();
      if (i >= warmUps) {
        once.forEach((step, rate) -> all.computeIfAbsent(step, _ -> new ArrayList<>()).add(rate));
      }
    }
    Map<S, Rates> rates = new LinkedHashMap<>();
    all.forEach((step, its) -> rates.put(step, new Rates(its)));
    return rates;
  }

  @Override
  public void close() {
    if (peer != null) {
      peer.close();
    }
  }
}
