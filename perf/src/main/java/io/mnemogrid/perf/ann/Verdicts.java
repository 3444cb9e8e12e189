package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes figures beside their targets, and at the end which were missed. */
final class Verdicts {
  private static final int TEN = 10;
  private static final int HUNDRED = 100;
  private static final int THOUSAND = 1_000;

  private final Report report;
  private final List<String> missed = new ArrayList<>();
  private final List<String> notCompared = new ArrayList<>();
  private int met;

  Verdicts(Report report) {
    this.report = report;
  }

  void heading(String format, Object... arguments) {
    report.line("");
    report.line(format, arguments);
  }

  void line(String format, Object... arguments) {
    report.line(format, arguments);
  }

  void judge(String what, double figure, String unit, Target target) {
    boolean isMet = target.isMetBy(figure);
    String line = line(what, number(figure), unit, target);
    report.line("%s: %s", line, isMet ? "met" : "MISSED");
    if (isMet) {
      met++;
    } else {
      missed.add(line);
    }
  }

  /** Says why a figure that has a target is not there. */
  void notCompared(String what, Target target, String reason) {
    String line = line(what, "-", "", target);
    report.line("%s: NOT COMPARED: %s", line, reason);
    notCompared.add(line);
  }

  void summarize() {
    heading("targets: %d met, %d missed, %d not compared", met, missed.size(), notCompared.size());
    missed.forEach(line -> report.line("MISSED       %s", line));
    notCompared.forEach(line -> report.line("NOT COMPARED %s", line));
  }

  private static String line(String what, String figure, String unit, Target target) {
    return String.format(Locale.ROOT, "  %-58s %9s %-12s target %s", what, figure, unit, target);
  }

  /** With as many decimals as tell two measurements apart. */
  static String number(double figure) {
    double size = Math.abs(figure);
    int decimals = size < 1 ? 4 : size < TEN ? 3 : size < HUNDRED ? 2 : size < THOUSAND ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
  }
}
