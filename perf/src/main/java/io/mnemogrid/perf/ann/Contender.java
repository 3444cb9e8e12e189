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
  private final AnnEngine engine;
  private final Map<Integer, BuildFigures> builds;
  private final RecallByEf recalls;
  private final NavigableMap<Integer, List<Rate>> curve = new TreeMap<>();
  private final Map<Discipline, List<Rate>> standings = new HashMap<>();

  /**
   * Takes over a built engine.
   *
   * @param builds how long it took, by number of threads
   */
  Contender(AnnEngine engine, Map<Integer, BuildFigures> builds) {
    this.engine = engine;
    this.recalls = new RecallByEf(engine);
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
    return recalls.at(ef);
  }

  OptionalInt leastEf(double recall) {
    return recalls.leastEf(recall);
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
