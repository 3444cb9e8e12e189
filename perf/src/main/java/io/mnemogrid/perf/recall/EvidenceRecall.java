package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.Arguments;
import io.mnemogrid.perf.BulkStore;
import io.mnemogrid.perf.Crew;
import io.mnemogrid.perf.MeasuredNode;
import io.mnemogrid.perf.Report;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Recall as clients have it: stores the texts of annotated corpora over HTTP, one namespace a
 * corpus, asks each question as it stands, and tells how much of its evidence comes back, and how
 * fast, for each configuration of a list.
 */
public final class EvidenceRecall {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.recall.EvidenceRecall <directory> ";
  private static final List<String> NODE_FLAGS = List.of("-Xmx2g");
  private static final int STORE_CONNECTIONS = 2;
  private static final Configuration WARM_UP = new Configuration("warm-up", new JsonObject());

  private final EvidenceOptions options;
  private final EvidenceSet set;
  private final MeasuredNode node;
  private final Report report;

  EvidenceRecall(EvidenceOptions options, EvidenceSet set, MeasuredNode node, Report report) {
    this.options = options;
    this.set = set;
    this.node = node;
    this.report = report;
  }

  /** Arguments: {@link EvidenceOptions#USAGE}. */
  public static void main(String[] args) {
    Arguments arguments =
        Arguments.readOrExit(EvidenceOptions.USAGE, () -> EvidenceOptions.arguments(args));
    EvidenceOptions options =
        Arguments.readOrExit(EvidenceOptions.USAGE, () -> EvidenceOptions.of(arguments));
    EvidenceSet set =
        Arguments.readOrExit(EvidenceOptions.USAGE, () -> EvidenceSet.read(arguments.directory()));
    String command = COMMAND + arguments.shown();
    try (MeasuredNode node = MeasuredNode.of(arguments, NODE_FLAGS);
        Report report = Report.open("evidence-recall-" + set.kind().label(), command.strip())) {
      node.printVersion(report);
      new EvidenceRecall(options, set, node, report).run();
    }
  }

  /** Measures in each setting, all configurations one after the other. */
  void run() {
    var evidenceReport = new EvidenceReport(set, options, report);
    evidenceReport.printSet();
    long run = System.currentTimeMillis();
    for (Setting setting : options.settings()) {
      if (setting == Setting.BARE && options.settings().size() > 1 && !set.hasDetails()) {
        report.line("setting bare: left out, since nothing but the text is known of any");
        continue;
      }
      report.line("%nsetting %s", setting.label());
      var interview = new Interview(set, store(setting, run), options);
      // The first time, the node embeds the questions; then it has their vectors.
      if (interview.ask(WARM_UP) instanceof Outcome.Answered(_, _, var timing, _)) {
        timing.print("to warm up", report);
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Configuration configuration : options.configurations()) {
        outcomes.add(interview.ask(configuration));
      }
      evidenceReport.print(setting, outcomes);
    }
  }

  private List<StoredCorpus> store(Setting setting, long run) {
    int corpora = set.corpora().size();
    var stored = new AtomicReferenceArray<StoredCorpus>(corpora);
    double seconds =
        Crew.seconds(
            STORE_CONNECTIONS,
            corpora,
            i -> {
              Corpus corpus = set.corpora().get(i);
              String name = "%d-%s-%s".formatted(run, setting.label(), corpus.name());
              stored.set(
                  i,
                  StoredCorpus.store(
                      corpus, setting, node.client(), name.replaceAll("[^\\w-]", "-")));
            });
    report.line(
        "stored %,d memories in %,.1f s: %,.1f a second, in batches of %d, one connection a"
            + " namespace, at most %d; put off %,d times by a busy node",
        set.texts(),
        seconds,
        set.texts() / seconds,
        BulkStore.BATCH,
        STORE_CONNECTIONS,
        node.client().putOff());
    node.awaitIndexed(report);
    return IntStream.range(0, corpora).mapToObj(stored::get).toList();
  }
}
