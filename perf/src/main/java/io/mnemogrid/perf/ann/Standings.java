package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.Report;
import io.mnemogrid.perf.ann.Contender.Discipline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import jdk.incubator.vector.FloatVector;

/** Writes down what was measured. */
final class Standings {
  private final Report report;
  private final List<Contender> contenders;
  private final ComparisonOptions options;

  /**
   * Writes to {@code report}.
   *
   * @param contenders seen as they are when something is written
   */
  Standings(Report report, List<Contender> contenders, ComparisonOptions options) {
    this.report = report;
    this.contenders = contenders;
    this.options = options;
  }

  void printSet(VectorSet set) {
    report.line("vectors: %s", set.description());
    report.line(
        "graphs:  m %d, efConstruction %d; %d-bit vectors in the JVM",
        GraphParameters.COMPARED.m(),
        GraphParameters.COMPARED.efConstruction(),
        FloatVector.SPECIES_PREFERRED.vectorBitSize());
    report.line("");
    report.line("builds, vectors a second on the clock (a CPU second), and bytes a vector:");
  }

  void printBuild(Contender contender) {
    var line = new StringBuilder();
    for (Map.Entry<Integer, BuildFigures> build : new TreeMap<>(contender.builds()).entrySet()) {
      BuildFigures figures = build.getValue();
      line.append(
          String.format(
              Locale.ROOT,
              "  %d threads %,8.0f (%,8.0f)",
              build.getKey(),
              figures.vectorsPerSecond(),
              figures.vectorsPerCpuSecond()));
    }
    report.line(
        "%-16s%s  %,7.0f bytes   %s",
        contender.name(),
        line,
        contender.engine().bytesPerVector(),
        contender.engine().description());
  }

  void printCurves() {
    report.line("");
    report.line("recall@%d and queries a CPU second, 1 thread, by ef:", Truth.K);
    var heading = new StringBuilder(String.format("%5s", "ef"));
    contenders.forEach(contender -> heading.append(String.format("  %16s", contender.name())));
    report.line("%s", heading);
    for (int ef : AnnComparison.GRID) {
      var line = new StringBuilder(String.format("%5d", ef));
      for (Contender contender : contenders) {
        double rate = contender.curveAt(ef).medianPerCpuSecond();
        line.append(String.format(Locale.ROOT, "  %.4f %,9.0f", contender.recall(ef), rate));
      }
      report.line("%s", line);
    }
  }

  void printAt(double recall) {
    report.line("");
    report.line(
        "recall@%d of %.2f, %d repetitions of %,d ms in turns:",
        Truth.K, recall, options.run().repetitions(), options.run().repetition().toMillis());
    report.line(
        "%-16s %5s %7s %8s %14s %14s %14s",
        "", "ef", "recall", "threads", "least q/s", "median q/s", "median q/CPU-s");
    for (Contender contender : contenders) {
      OptionalInt ef = contender.leastEf(recall);
      if (ef.isEmpty()) {
        report.line("%-16s not reached", contender.name());
        continue;
      }
      for (int threads : options.threads()) {
        Rates rates = contender.rates(new Discipline(recall, threads));
        report.line(
            "%-16s %5d %7.4f %8d %,14.0f %,14.0f %,14.0f",
            contender.name(),
            ef.getAsInt(),
            contender.recall(ef.getAsInt()),
            threads,
            rates.leastPerSecond(),
            rates.medianPerSecond(),
            rates.medianPerCpuSecond());
      }
    }
  }

  /** Each of our engines against each other one; above 1 ours is better, in bytes below 1. */
  void printRatios() {
    for (Contender ours : contenders) {
      if (!Engines.isOurs(ours.name())) {
        continue;
      }
      report.line("");
      report.line(
          "%s / peer: medians of queries at equal recall, builds; bytes (below 1 is less)",
          ours.name());
      report.line("%-16s %-5s %s", "", "", heading());
      for (Contender peer : contenders) {
        if (!Engines.isOurs(peer.name())) {
          report.line("%-16s %-5s %s", peer.name(), "clock", ratios(ours, peer, false));
          report.line("%-16s %-5s %s", "", "CPU", ratios(ours, peer, true));
        }
      }
    }
  }

  private String heading() {
    var line = new StringBuilder();
    for (Discipline discipline : disciplines()) {
      line.append(
          String.format(Locale.ROOT, "%8.2f/%d", discipline.recall(), discipline.threads()));
    }
    for (int threads : buildThreads()) {
      line.append(String.format("%9s/%d", "build", threads));
    }
    return line.append(String.format("%9s", "bytes")).toString();
  }

  private String ratios(Contender ours, Contender peer, boolean cpu) {
    ToDoubleFunction<Rates> rate = cpu ? Rates::medianPerCpuSecond : Rates::medianPerSecond;
    ToDoubleFunction<BuildFigures> build =
        cpu ? BuildFigures::vectorsPerCpuSecond : BuildFigures::vectorsPerSecond;
    var line = new StringBuilder();
    for (Discipline discipline : disciplines()) {
      double ratio =
          rate.applyAsDouble(ours.rates(discipline)) / rate.applyAsDouble(peer.rates(discipline));
      line.append(cell(ratio, 10));
    }
    for (int threads : buildThreads()) {
      BuildFigures mine = ours.builds().get(threads);
      BuildFigures theirs = peer.builds().get(threads);
      double ratio =
          mine == null || theirs == null
              ? Double.NaN
              : build.applyAsDouble(mine) / build.applyAsDouble(theirs);
      line.append(cell(ratio, 11));
    }
    double bytes = ours.engine().bytesPerVector() / peer.engine().bytesPerVector();
    return line.append(cell(cpu ? Double.NaN : bytes, 9)).toString();
  }

  private static String cell(double ratio, int width) {
    return Double.isNaN(ratio)
        ? " ".repeat(width - 1) + "-"
        : String.format(Locale.ROOT, "%" + width + ".2f", ratio);
  }

  private List<Discipline> disciplines() {
    List<Discipline> all = new ArrayList<>();
    for (double recall : AnnComparison.RECALLS) {
      options.threads().forEach(threads -> all.add(new Discipline(recall, threads)));
    }
    return all;
  }

  private List<Integer> buildThreads() {
    return contenders.stream()
        .flatMap(contender -> contender.builds().keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  void plot(VectorSet set, String processor, Path file) {
    List<RecallPlot.Series> series = new ArrayList<>();
    for (Contender contender : contenders) {
      List<RecallPlot.Point> points = new ArrayList<>();
      contender
          .curve()
          .forEach((ef, rates) ->
              points.add(new RecallPlot.Point(contender.recall(ef), rates.medianPerCpuSecond())));
      series.add(new RecallPlot.Series(contender.name(), Engines.isOurs(contender.name()), points));
    }
    String title =
        String.format(
            Locale.ROOT,
            "%s: %,d vectors of %d dimensions",
            set.name(),
            set.count(),
            set.dimension());
    String subtitle =
        String.format(
            Locale.ROOT,
            "m %d, efConstruction %d, 1 thread; %s",
            GraphParameters.COMPARED.m(),
            GraphParameters.COMPARED.efConstruction(),
            processor);
    new RecallPlot(title, subtitle, series).write(file);
    report.line("");
    report.line("plot:    %s", file.getFileName());
  }
}
