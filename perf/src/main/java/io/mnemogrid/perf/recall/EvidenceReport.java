package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tables of what was found, and how fast. */
final class EvidenceReport {
  private static final String HEAD =
      "configuration            questions         n    R@5   R@10   R@20 micro@20  hit@5 hit@20"
          + "    MRR nDCG@10";
  private final EvidenceSet set;
  private final EvidenceOptions options;
  private final Report report;

  EvidenceReport(EvidenceSet set, EvidenceOptions options, Report report) {
    this.set = set;
    this.options = options;
    this.report = report;
  }

  void printSet() {
    List<Question> questions = set.questions();
    report.line(
        "data:    %s, %,d namespaces, %,d texts, %,d questions with evidence (%,d without, left"
            + " out), %,d pieces of evidence, of which %,d are no text's id",
        set.kind().label(),
        set.corpora().size(),
        set.texts(),
        questions.size(),
        set.withoutEvidence(),
        questions.stream().mapToInt(question -> question.evidence().size()).sum(),
        set.unknownEvidence());
    report.line(
        "asked:   for %d hits, which is as deep as MRR looks; clients: %d",
        options.topK(), options.clients());
    report.line("configurations, as fields of the recall request:");
    for (Configuration configuration : options.configurations()) {
      report.line("  %-24s %s", configuration.name(), configuration.options().encode());
    }
  }

  void print(Setting setting, List<Outcome> outcomes) {
    printTotals(outcomes);
    List<Outcome.Answered> answered =
        outcomes.stream()
            .filter(Outcome.Answered.class::isInstance)
            .map(Outcome.Answered.class::cast)
            .toList();
    if (!answered.isEmpty()) {
      printCategories(answered);
      printIntervals(answered);
      printStages(answered);
      if (set.kind() == EvidenceSet.Kind.CONVERSATIONS) {
        printTargets(setting, answered);
      }
    }
  }

  private void printTotals(List<Outcome> outcomes) {
    report.line(
        "what was found; milliseconds at the client, the node having the questions' vectors:");
    report.line("%s      p50      p99   a second", HEAD);
    for (Outcome outcome : outcomes) {
      String name = outcome.configuration().name();
      switch (outcome) {
        case Outcome.Refused(_, String reason) -> report.line("%-24s NOT RUN: %s", name, reason);
        case Outcome.Answered(_, var grades, var timing, _) ->
            report.line(
                "%s %8.2f %8.2f %,10.1f",
                row(name, "all", grades),
                timing.latencies().millis(0.50),
                timing.latencies().millis(0.99),
                timing.requests() / timing.seconds());
      }
    }
  }

  private void printCategories(List<Outcome.Answered> answered) {
    Map<String, List<Integer>> byCategory = new TreeMap<>();
    List<Question> questions = set.questions();
    for (int i = 0; i < questions.size(); i++) {
      byCategory.computeIfAbsent(questions.get(i).category(), _ -> new ArrayList<>()).add(i);
    }
    if (byCategory.size() == 1) {
      return;
    }
    report.line("by the kind of question:");
    report.line("%s", HEAD);
    for (Outcome.Answered outcome : answered) {
      byCategory.forEach((category, members) ->
          report.line(
              "%s",
              row(
                  outcome.configuration().name(),
                  category,
                  members.stream().map(outcome.grades()::get).toList())));
    }
  }

  private static String row(String name, String questions, List<Grade> grades) {
    Figures figures = Figures.of(grades);
    return String.format(
        Locale.ROOT,
        "%-24s %-12s %,6d %6.3f %6.3f %6.3f %8.3f %6.3f %6.3f %6.3f %7.3f",
        name,
        questions,
        figures.questions(),
        figures.recall5(),
        figures.recall10(),
        figures.recall20(),
        figures.micro20(),
        figures.hit5(),
        figures.hit20(),
        figures.mrr(),
        figures.ndcg10());
  }

  private void printIntervals(List<Outcome.Answered> answered) {
    Outcome.Answered first = answered.getFirst();
    String firstName = first.configuration().name();
    List<Grade> firsts = first.grades();
    var interval = new Bootstrap(options.seed());
    report.line("means with 95 %% intervals over questions, and how far from '%s':", firstName);
    report.line(
        "%-24s R@20 %-45s MRR %s",
        firstName,
        interval.level(firsts, Grade::recall20),
        interval.level(firsts, Grade::reciprocalRank));
    for (Outcome.Answered outcome : answered.subList(1, answered.size())) {
      List<Grade> grades = outcome.grades();
      report.line(
          "%-24s R@20 %s %s  MRR %s %s",
          outcome.configuration().name(),
          interval.level(grades, Grade::recall20),
          interval.difference(grades, firsts, Grade::recall20),
          interval.level(grades, Grade::reciprocalRank),
          interval.difference(grades, firsts, Grade::reciprocalRank));
    }
  }

  private void printStages(List<Outcome.Answered> answered) {
    report.line("stages by the node's own account, p50/p99 in microseconds, one client:");
    for (Outcome.Answered outcome : answered) {
      report.line("  %-24s %s", outcome.configuration().name(), outcome.stages());
    }
  }

  private void printTargets(Setting setting, List<Outcome.Answered> answered) {
    report.line(
        "targets for the ten conversations of LoCoMo without a re-ranker, bar/stretch: %s",
        Target.of(setting).stream()
            .map(target -> "%s %s/%s".formatted(target.name(), target.bar(), target.stretch()))
            .collect(Collectors.joining(", ")));
    for (Outcome.Answered outcome : answered) {
      Figures figures = Figures.of(outcome.grades());
      report.line(
          "  %-24s %s",
          outcome.configuration().name(),
          Target.of(setting).stream()
              .map(target -> target.name() + " " + target.verdict(figures))
              .collect(Collectors.joining(", ")));
    }
  }
}
