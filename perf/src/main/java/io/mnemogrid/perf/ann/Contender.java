package io.mnemogrid.perf.ann;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A built engine and what was found out of it. */
final class Contender implements AutoCloseable {
  private static final int MOST_EF = 2_000;

  private final AnnEngine engine;
  private final Map<Integer, BuildFigures> builds;
  private final NavigableMap<Integer, Double> recallByEf = new TreeMap<>();
  private final NavigableMap<Integer, List<Rate>> curve = new TreeMap<>();
  private final Map<Discipline, List<Rate>> standings = new HashMap<>();

  /**
   * Takes over a built engine.
   *
   * @param builds how long it took, by number of threads
   */
  Contender(AnnEngine engine, Map<Integer, BuildFigures> builds) {
    this.engine = engine;
    this.builds = Map.copyOf(builds);
  }

  /** Queries at the least ef that reaches a recall, by so many threads. */
  record Discipline(double recall, int threads) {}

  String name() {
    return engine.name();
  }

  AnnEngine engine() {
    return engine;
  }

  Map<Integer, BuildFigures> builds() {
    return builds;
  }

  double recall(int ef) {
    return recallByEf.computeIfAbsent(ef, engine::recall);
  }

  /** The least ef that reaches this recall; empty if none up to {@value #MOST_EF} does. */
  OptionalInt leastEf(double recall) {
    int reaches = Truth.K;
    int misses = Truth.K - 1;
    while (recall(reaches) < recall) {
      if (reaches == MOST_EF) {
        return OptionalInt.empty();
      }
      misses = reaches;
      reaches = Math.min(2 * reaches, MOST_EF);
    }
    while (reaches - misses > 1) {
      int middle = (reaches + misses) / 2;
      if (recall(middle) < recall) {
        misses = middle;
      } else {
        reaches = middle;
      }
    }
    return OptionalInt.of(reaches);
  }

  void addToCurve(int ef, Rate rate) {
    curve.computeIfAbsent(ef, _ -> new ArrayList<>()).add(rate);
  }

  /** What one thread does at each ef of the grid. */
  NavigableMap<Integer, Rates> curve() {
    NavigableMap<Integer, Rates> all = new TreeMap<>();
    curve.forEach((ef, rates) -> all.put(ef, new Rates(rates)));
    return all;
  }

  /** Without rates if this ef was not measured. */
  Rates curveAt(int ef) {
    return new Rates(curve.getOrDefault(ef, List.of()));
  }

  void add(Discipline discipline, Rate rate) {
    standings.computeIfAbsent(discipline, _ -> new ArrayList<>()).add(rate);
  }

  /** Empty if the recall is not reached. */
  Rates rates(Discipline discipline) {
    return new Rates(standings.getOrDefault(discipline, List.of()));
  }

  @Override
  public void close() {
    engine.close();
  }
}
