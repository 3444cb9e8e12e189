package io.mnemogrid.perf.recall;

import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.recall.SmartScore;
import io.mnemogrid.node.recall.Standing;
import io.mnemogrid.perf.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What it is worth to let recency move a hit, by how fast it fades: each corpus is asked a day
 * after its last text, and each text is as old as it says. A memory type is only a factor of the
 * half-life.
 */
final class RecencyTable {
  private static final String TIME = "valid_from";
  private static final int[] HALF_LIFE_DAYS = {3, 30, 120, 360};
  private static final double[] WEIGHTS = {0.01, 0.02, 0.05, 0.1, 0.2};

  private final List<Map<String, Long>> times = new ArrayList<>();
  private final List<AskedQuestion> asked;
  private final long seed;

  RecencyTable(EvidenceSet set, List<AskedQuestion> asked, long seed) {
    for (Corpus corpus : set.corpora()) {
      Map<String, Long> its = new HashMap<>();
      for (StoredText text : corpus.texts()) {
        Long time = text.details().getLong(TIME);
        if (time != null) {
          its.put(text.id(), time);
        }
      }
      times.add(its);
    }
    this.asked = asked.stream().filter(one -> !times.get(one.corpus()).isEmpty()).toList();
    this.seed = seed;
  }

  void print(Report report) {
    if (asked.isEmpty()) {
      report.line("%nno text has a time: nothing is known of recency");
      return;
    }
    report.line("%nrecency, asked a day after the last text, by the days of a half-life:");
    report.line("    days weight    R@5   R@20    MRR");
    List<Grade> without = grades(new SmartScore(0, 0, 0, 0, Duration.ofDays(1)));
    print("       -   0.00", without, without, report);
    for (int days : HALF_LIFE_DAYS) {
      for (double weight : WEIGHTS) {
        List<Grade> with = grades(new SmartScore(0, weight, 0, 0, Duration.ofDays(days)));
        print("  %6d %6.2f".formatted(days, weight), with, without, report);
      }
    }
  }

  private void print(String name, List<Grade> grades, List<Grade> without, Report report) {
    Figures figures = Figures.of(grades);
    var interval = new Bootstrap(seed);
    report.line(
        "%s  %.4f %.4f %.4f   R@20 %s  MRR %s",
        name,
        figures.recall5(),
        figures.recall20(),
        figures.mrr(),
        interval.difference(
            grades.stream().mapToDouble(Grade::recall20).toArray(),
            without.stream().mapToDouble(Grade::recall20).toArray()),
        interval.difference(
            grades.stream().mapToDouble(Grade::reciprocalRank).toArray(),
            without.stream().mapToDouble(Grade::reciprocalRank).toArray()));
  }

  private List<Grade> grades(SmartScore score) {
    return asked.stream()
        .map(one -> {
          Map<String, Long> its = times.get(one.corpus());
          long last = its.values().stream().mapToLong(time -> time).max().orElseThrow();
          long now = last + Duration.ofDays(1).toSeconds();
          return one.gradeBy(hit -> {
            long time = its.getOrDefault(hit.text(), last);
            var standing = new Standing(0.5f, MemoryType.EPISODIC, time, false, 0);
            return score.of(hit.score(), standing, now);
          });
        })
        .toList();
  }
}
