package io.mnemogrid.node.recall;

import io.mnemogrid.node.recall.FusionPlan.Method;
import io.mnemogrid.node.recall.question.QuestionCues;
import io.mnemogrid.node.recall.question.TimeCue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Every signal of every candidate: a column a signal, a row a candidate. */
final class SignalTable {
  /** Words from which on a turn counts as long. */
  private static final int LONG_TURN_WORDS = 60;

  /** Twice what the two sides are: what they find then is like words that say nothing. */
  private static final double TIMES_ALONE = 2;

  /** Means and maxima of several similarities are closer together than these are. */
  private static final double CONTEXT_SPAN = 0.3;

  private final FusionPlan plan;
  private final List<Candidate> candidates;
  private final List<ComparableSpaces> comparable;
  private final long turns;
  private final List<Column> columns = new ArrayList<>();

  /**
   * @param raw as measured
   * @param values 0..1
   */
  private record Column(Signal signal, double weight, double[] raw, double[] values) {}

  private SignalTable(FusionPlan plan, List<Candidate> candidates) {
    this.plan = plan;
    this.candidates = candidates;
    this.comparable = ComparableSpaces.of(plan.spaces());
    this.turns = candidates.stream().filter(Candidate::isTurn).count();
  }

  static SignalTable of(List<Candidate> candidates, FusionPlan plan) {
    SignalTable table = new SignalTable(plan, candidates);
    SessionLines lines = SessionLines.of(candidates, plan.reach());
    table.addSides(lines, plan.neighborhood() && !lines.areEmpty());
    table.addPriors();
    return table;
  }

  private void addSides(SessionLines lines, boolean inContext) {
    FusionWeights.Sides weights = plan.sides(inContext);
    double[] bm25 = measured(Candidate::bm25);
    double[] similarity = measured(Candidate::similarity);
    double[] words = addLexical(Signal.LEXICAL, weights.lexical(), bm25);
    addDense(Signal.DENSE, weights.dense(), similarity, 1, words);
    if (inContext) {
      double[] near =
          addLexical(
              Signal.LEXICAL_NEIGHBORS,
              weights.lexicalNeighbors(),
              NeighborWeights.LEXICAL.sum(bm25, lines, asks()));
      double[] session =
          addLexical(Signal.LEXICAL_SESSION, weights.lexicalSession(), lines.best(bm25));
      addDense(
          Signal.DENSE_NEIGHBORS,
          weights.denseNeighbors(),
          NeighborWeights.DENSE.mean(similarity, lines),
          CONTEXT_SPAN,
          near);
      addDense(
          Signal.DENSE_SESSION,
          weights.denseSession(),
          lines.best(similarity),
          CONTEXT_SPAN,
          session);
    }
  }

  private boolean[] asks() {
    boolean[] asks = new boolean[candidates.size()];
    for (int i = 0; i < asks.length; i++) {
      asks[i] = TextTraits.endsAsQuestion(candidates.get(i).traits());
    }
    return asks;
  }

  private void addPriors() {
    FusionWeights.Priors weights = plan.weights().priors();
    QuestionCues cues = plan.cues();
    if (!cues.times().isEmpty()) {
      add(Signal.DATE, cues.timesAlone() ? TIMES_ALONE : weights.date(), this::date);
    }
    if (candidates.stream().anyMatch(Candidate::named)) {
      add(Signal.NAME, weights.name(), one -> one.named() ? 1 : 0);
    }
    if (cues.asksWhen()) {
      add(Signal.WHEN, weights.when(), one -> TextTraits.namesTime(one.traits()) ? 1 : 0);
    }
    if (candidates.stream().anyMatch(this::isTurn)) {
      add(Signal.STATEMENT, weights.statement(), this::statement);
      add(Signal.LENGTH, weights.length(), this::length);
    }
  }

  private double date(Candidate candidate) {
    List<TimeCue> times = plan.cues().times();
    if (plan.cues().timesAlone()) {
      return candidate.namesTime() ? 1 : DateScore.ofAllThatIsAsked(candidate.time(), times);
    }
    double named = candidate.namesTime() ? DateScore.ofNamed(times) : 0;
    return Math.max(named, DateScore.of(candidate.time(), times));
  }

  /** "Password: hunter2" begins as a turn does, and is none among facts that do not. */
  private boolean isTurn(Candidate candidate) {
    return candidate.isTurn() && (candidate.session() != null || turns * 2 > candidates.size());
  }

  /** Only a turn of a conversation is judged by its form: a document may well end in a question. */
  private double statement(Candidate candidate) {
    return isTurn(candidate) && TextTraits.endsAsQuestion(candidate.traits()) ? 0 : 1;
  }

  /** A short turn greets, thanks or agrees; a short text that is no turn may be a whole fact. */
  private double length(Candidate candidate) {
    int words = TextTraits.words(candidate.traits());
    return isTurn(candidate) ? Math.min(words, LONG_TURN_WORDS) / (double) LONG_TURN_WORDS : 1;
  }

  /** Answers the values that it adds. */
  private double[] addLexical(Signal signal, double weight, double[] raw) {
    boolean byRank = plan.method() == Method.RRF;
    double[] values = byRank ? Scale.byRank(raw, 0) : Scale.fromZero(raw);
    add(signal, weight, raw, values);
    return values;
  }

  /**
   * @param spans the least span, in least spans of a similarity
   * @param words what the words say, which stands in where no vector was asked
   */
  private void addDense(Signal signal, double weight, double[] raw, double spans, double[] words) {
    boolean byRank = plan.method() == Method.RRF;
    double[] values = words.clone();
    for (ComparableSpaces spaces : comparable) {
      int[] rows = rowsIn(spaces);
      double[] compared =
          IntStream.of(rows).mapToDouble(row -> spaces.compared(space(row), raw[row])).toArray();
      double[] scaled =
          byRank
              ? Scale.byRank(compared, Double.NEGATIVE_INFINITY)
              : Scale.fromLowest(compared, spans * spaces.leastSpan());
      for (int i = 0; i < rows.length; i++) {
        values[rows[i]] = scaled[i];
      }
    }
    add(signal, weight, raw, values);
  }

  private int[] rowsIn(ComparableSpaces spaces) {
    return IntStream.range(0, candidates.size()).filter(row -> spaces.have(space(row))).toArray();
  }

  private FusionPlan.Space space(int row) {
    return plan.spaces().get(candidates.get(row).namespace());
  }

  private void add(Signal signal, double weight, ToDoubleFunction<Candidate> value) {
    double[] values = measured(value);
    add(signal, weight, values, values);
  }

  private void add(Signal signal, double weight, double[] raw, double[] values) {
    if (weight > 0) {
      columns.add(new Column(signal, weight, raw, values));
    }
  }

  private double[] measured(ToDoubleFunction<Candidate> value) {
    return candidates.stream().mapToDouble(value).toArray();
  }

  /** The weighted mean of each candidate's signals, 0..1. */
  double[] relevance() {
    double total = totalWeight();
    double[] relevance = new double[candidates.size()];
    for (Column column : columns) {
      for (int i = 0; i < relevance.length; i++) {
        relevance[i] += column.weight() / total * column.values()[i];
      }
    }
    return relevance;
  }

  /** What each signal that takes part says of one candidate. */
  List<Fused.Account> accounts(int candidate) {
    double total = totalWeight();
    List<Fused.Account> accounts = new ArrayList<>(columns.size());
    for (Column column : columns) {
      double weight = column.weight() / total;
      accounts.add(
          new Fused.Account(
              column.signal(),
              column.raw()[candidate],
              weight,
              weight * column.values()[candidate]));
    }
    return accounts;
  }

  private double totalWeight() {
    double total = 0;
    for (Column column : columns) {
      total += column.weight();
    }
    return total;
  }
}
