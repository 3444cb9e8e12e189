package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.Arguments;
import io.mnemogrid.perf.Report;

/**
 * The vector index by itself, tier by tier: what searches, shards, writes, filters, deletions and
 * images cost, each figure beside the target it has.
 */
public final class TierFigures {
  private final TierOptions options;
  private final Report report;

  TierFigures(TierOptions options, Report report) {
    this.options = options;
    this.report = report;
  }

  /** Arguments: {@link TierOptions#USAGE}. */
  public static void main(String[] args) {
    Arguments arguments =
        Arguments.readOrExit(TierOptions.USAGE, () -> TierOptions.arguments(args));
    TierOptions options = Arguments.readOrExit(TierOptions.USAGE, () -> TierOptions.of(arguments));
    run(options, RunOptions.command(TierFigures.class, arguments));
  }

  private static void run(TierOptions options, String command) {
    try (Report report = Report.open("tiers-" + options.run().set(), command)) {
      new TierFigures(options, report).run(options.run().vectors(), HnswlibProgram.compile());
    }
  }

  void run(VectorSet set, HnswlibProgram hnswlib) {
    report.line("vectors: %s", set.description());
    report.line(
        "medians of %d repetitions after others that do not count; by the processor time of the"
            + " working thread, unless it says clock",
        options.run().repetitions());
    var verdicts = new Verdicts(report);
    try (var bench = new Workbench(options.run(), set, verdicts, hnswlib)) {
      options.parts().forEach(part -> part.measure(bench));
    }
    verdicts.summarize();
  }
}
