package io.mnemogrid.perf.recall;

import io.mnemogrid.node.recall.SmartScore;
import io.mnemogrid.perf.Arguments;
import io.mnemogrid.perf.MeasuredNode;
import io.mnemogrid.perf.NamespaceClient;
import io.mnemogrid.perf.Report;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it is worth to let verification, feedback, importance and recency move a hit. Half of the
 * questions have been asked and the hits for them read, and what those readers said of the hits
 * counts when the other half is asked. Readers who say what is true show the gain, those who say
 * anything the harm.
 *
 * <p>The hits and their relevance are the node's own; how they stand is put on here, with the
 * node's formula, once for each weight.
 */
public final class StandingFigures {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.recall.StandingFigures <directory> ";
  private static final String USAGE =
      """
      arguments: <directory> [options]
        --halvings <n>              ways to halve the questions (10)
        --seed <n>                  of the halvings and the intervals (42)
      """
          + MeasuredNode.USAGE;
  private static final String NO_FILES = "--no-files";
  private static final List<String> NODE_FLAGS = List.of("-Xmx2g");
  private static final int DEPTH = 100;
  private static final double[] WEIGHTS = {0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3};
  private static final long NOW = 0;

  private record Graded(AskedQuestion asked, Grade grade) {}

  private final EvidenceSet set;
  private final int halvings;
  private final long seed;

  StandingFigures(EvidenceSet set, int halvings, long seed) {
    this.set = set;
    this.halvings = halvings;
    this.seed = seed;
  }

  /** Arguments: as the usage says. */
  public static void main(String[] args) {
    Arguments arguments =
        Arguments.readOrExit(
            USAGE, () -> MeasuredNode.arguments(Set.of("--halvings", "--seed"), NO_FILES, args));
    EvidenceSet set = Arguments.readOrExit(USAGE, () -> EvidenceSet.read(arguments.directory()));
    var figures =
        new StandingFigures(set, arguments.count("--halvings", 10), arguments.count("--seed", 42));
    String command = COMMAND + arguments.shown();
    try (MeasuredNode node = MeasuredNode.of(arguments, NODE_FLAGS);
        Report report = Report.open("standing-" + set.kind().label(), command.strip())) {
      node.printVersion(report);
      figures.run(node, report);
    }
  }

  void run(MeasuredNode node, Report report) {
    List<AskedQuestion> asked = ask(node, report);
    print(asked, report);
    new RecencyTable(set, asked, seed).print(report);
  }

  private List<AskedQuestion> ask(MeasuredNode node, Report report) {
    List<AskedQuestion> asked = new ArrayList<>();
    for (int c = 0; c < set.corpora().size(); c++) {
      Corpus corpus = set.corpora().get(c);
      StoredCorpus stored =
          StoredCorpus.store(corpus, Setting.FULL, node.client(), "standing-" + System.nanoTime());
      node.awaitIndexed(report);
      for (Question question : corpus.questions()) {
        asked.add(new AskedQuestion(c, question, hits(stored, question)));
      }
    }
    return asked;
  }

  private static List<AskedQuestion.Scored> hits(StoredCorpus stored, Question question) {
    NamespaceClient namespace = stored.namespace();
    JsonObject request =
        new JsonObject()
            .put("query", question.text())
            .put("scoring", "relevance")
            .put("top_k", DEPTH);
    JsonObject answer = namespace.recall(namespace.recallBody(request)).json();
    List<String> texts = stored.ranking(answer);
    JsonArray hits = answer.getJsonArray("memories");
    return IntStream.range(0, texts.size())
        .mapToObj(i ->
            new AskedQuestion.Scored(texts.get(i), hits.getJsonObject(i).getDouble("smart_score")))
        .toList();
  }

  private void print(List<AskedQuestion> asked, Report report) {
    report.line(
        "data:    %s, %,d questions, half of them asked before, in %d ways to halve them; the first"
            + " %d of %d hits read",
        set.kind().label(), asked.size(), halvings, Readers.READ, DEPTH);
    report.line(
        "figures of the other half, and how far from weight 0, with 95 %% intervals over questions");
    for (Readers.Kind kind : Readers.Kind.values()) {
      report.line("%nreaders %s:", kind.label());
      report.line("  weight    R@5   R@20    MRR");
      List<Graded> without = grades(asked, kind, 0);
      for (double weight : WEIGHTS) {
        print(weight, grades(asked, kind, weight), without, report);
      }
    }
  }

  private void print(double weight, List<Graded> graded, List<Graded> without, Report report) {
    Figures figures = Figures.of(graded.stream().map(Graded::grade).toList());
    var interval = new Bootstrap(seed);
    report.line(
        "  %6.2f  %.4f %.4f %.4f   R@20 %s  MRR %s",
        weight,
        figures.recall5(),
        figures.recall20(),
        figures.mrr(),
        interval.difference(means(graded, Grade::recall20), means(without, Grade::recall20)),
        interval.difference(
            means(graded, Grade::reciprocalRank), means(without, Grade::reciprocalRank)));
  }

  /** Over the halvings in which a question was asked last; of each question that ever was. */
  private static double[] means(List<Graded> graded, ToDoubleFunction<Grade> figure) {
    Map<AskedQuestion, Double> byQuestion =
        graded.stream()
            .collect(
                Collectors.groupingBy(
                    Graded::asked,
                    LinkedHashMap::new,
                    Collectors.averagingDouble(one -> figure.applyAsDouble(one.grade))));
    return byQuestion.values().stream().mapToDouble(mean -> mean).toArray();
  }

  /** Of the half that is asked last, for all halvings. */
  private List<Graded> grades(List<AskedQuestion> asked, Readers.Kind kind, double weight) {
    var random = new SplittableRandom(seed);
    var score = new SmartScore(weightOf(kind, weight), 0, weight, weight, Duration.ofDays(1));
    List<Graded> grades = new ArrayList<>();
    for (int halving = 0; halving < halvings; halving++) {
      List<Readers> readers =
          Stream.generate(() -> new Readers(kind)).limit(set.corpora().size()).toList();
      List<AskedQuestion> last = new ArrayList<>();
      for (AskedQuestion one : asked) {
        if (random.nextBoolean()) {
          readers.get(one.corpus()).read(one.ranking(), one.question(), random);
        } else {
          last.add(one);
        }
      }
      for (AskedQuestion one : last) {
        Readers its = readers.get(one.corpus());
        grades.add(
            new Graded(
                one,
                one.gradeBy(hit -> score.of(hit.score(), its.standing(hit.text(), NOW), NOW))));
      }
    }
    return grades;
  }

  private static double weightOf(Readers.Kind kind, double weight) {
    return switch (kind) {
      case RAISE, RAISE_BLINDLY -> weight;
      default -> 0;
    };
  }
}
