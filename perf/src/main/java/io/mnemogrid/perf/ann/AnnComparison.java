package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.Arguments;
import io.mnemogrid.perf.Report;
import io.mnemogrid.perf.ann.Contender.Discipline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The vector index beside its peers on the same vectors: what a build costs, how much memory an
 * index takes, and how fast it answers where all of them find equally much.
 *
 * <p>All indexes stay in memory and are measured in turns, the first repetition of each, then the
 * second of each, so that what else the machine does meets them all.
 */
public final class AnnComparison {
  static final int[] GRID = {10, 12, 16, 20, 24, 32, 40, 56, 64, 80, 120, 160, 240};
  static final List<Double> RECALLS = List.of(0.90, 0.95, 0.99);
  private static final int CURVE_REPETITIONS = 3;
  private static final int CURVE_SHARE = 3;
  private static final int WARM_UP_REPETITIONS = 5;
  private static final int WARM_UP_EF = 64;
  private static final int WARM_UP_VECTORS = 3_000;

  private final ComparisonOptions options;
  private final Report report;
  private final List<Contender> contenders = new ArrayList<>();

  AnnComparison(ComparisonOptions options, Report report) {
    this.options = options;
    this.report = report;
  }

  /** Arguments: {@link ComparisonOptions#USAGE}. */
  public static void main(String[] args) {
    Arguments arguments =
        Arguments.readOrExit(ComparisonOptions.USAGE, () -> ComparisonOptions.arguments(args));
    ComparisonOptions options =
        Arguments.readOrExit(ComparisonOptions.USAGE, () -> ComparisonOptions.of(arguments));
    run(options, RunOptions.command(AnnComparison.class, arguments));
  }

  private static void run(ComparisonOptions options, String command) {
    try (Report report = Report.open("ann-" + options.run().set(), command)) {
      new AnnComparison(options, report).run(options.run().vectors(), HnswlibProgram.compile());
    }
  }

  void run(VectorSet set, HnswlibProgram hnswlib) {
    var standings = new Standings(report, contenders, options);
    standings.printSet(set);
    try {
      warmUp(new Engines(set.first(WARM_UP_VECTORS), hnswlib));
      build(new Engines(set, hnswlib), standings);
      measureCurves();
      standings.printCurves();
      for (double recall : RECALLS) {
        measureAt(recall);
        standings.printAt(recall);
      }
      standings.printRatios();
      report.attachment("svg").ifPresent(file -> standings.plot(set, Report.processor(), file));
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  List<Contender> contenders() {
    return contenders;
  }

  /** The compiler's work on an engine's code is not to be counted as the engine's. */
  private void warmUp(Engines engines) {
    for (String name : options.engines()) {
      if (!name.equals(Engines.HNSWLIB)) {
        try (AnnEngine engine = engines.create(name)) {
          engine.build(GraphParameters.COMPARED, 1);
        }
      }
    }
  }

  private void build(Engines engines, Standings standings) {
    for (String name : options.engines()) {
      try {
        contenders.add(build(engines, name));
        standings.printBuild(contenders.getLast());
      } catch (EngineMissingException e) {
        report.line("%-16s NOT COMPARED: %s", name, e.reason());
      }
    }
  }

  /** With several threads first, to throw away; the one built by a single thread is kept. */
  private Contender build(Engines engines, String name) {
    Map<Integer, BuildFigures> builds = new HashMap<>();
    for (int threads : new TreeSet<>(options.buildThreads()).descendingSet()) {
      try (AnnEngine engine = engines.create(name)) {
        if (threads > 1 && threads <= engine.buildThreadsMost()) {
          builds.put(threads, engine.build(GraphParameters.COMPARED, threads));
        }
      }
    }
    AnnEngine kept = engines.create(name);
    builds.put(1, kept.build(GraphParameters.COMPARED, 1));
    return new Contender(kept, builds);
  }

  private void measureCurves() {
    Duration each = options.run().repetition().dividedBy(CURVE_SHARE);
    Duration warmUp = options.run().repetition().multipliedBy(WARM_UP_REPETITIONS);
    contenders.forEach(contender -> contender.engine().measure(WARM_UP_EF, 1, warmUp));
    for (int ef : GRID) {
      contenders.forEach(contender -> contender.recall(ef));
      for (int i = 0; i < CURVE_REPETITIONS; i++) {
        for (Contender contender : contenders) {
          contender.addToCurve(ef, contender.engine().measureInTurn(ef, 1, each));
        }
      }
    }
  }

  private void measureAt(double recall) {
    Map<Contender, Integer> efs = new HashMap<>();
    for (Contender contender : contenders) {
      OptionalInt ef = contender.leastEf(recall);
      ef.ifPresent(value -> efs.put(contender, value));
    }
    for (int threads : options.threads()) {
      for (int i = 0; i < options.run().repetitions(); i++) {
        for (Contender contender : contenders) {
          Integer ef = efs.get(contender);
          if (ef != null) {
            Rate rate = contender.engine().measureInTurn(ef, threads, options.run().repetition());
            contender.add(new Discipline(recall, threads), rate);
          }
        }
      }
    }
  }
}
