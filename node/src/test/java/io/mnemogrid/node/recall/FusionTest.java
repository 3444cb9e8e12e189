package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Unrelated;
import io.mnemogrid.node.recall.FusionPlan.Method;
import io.mnemogrid.node.recall.question.QuestionCues;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FusionTest {
  private static final ZonedDateTime ASKED = ZonedDateTime.parse("2026-07-16T15:00:00Z");
  private static final String LONG_TURN = "Caroline: " + "word ".repeat(70);

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @Test
  void withoutCandidatesThereAreNoHits() {
    assertThat(Pools.plan().fuse(List.of())).isEmpty();
  }

  @Test
  void theBestByWordsAndVectorsIsFirst() {
    assertThat(
            order(
                List.of(
                    Pools.document("neither").scores(0, 0.1).build(),
                    Pools.document("words").scores(5, 0.1).build(),
                    Pools.document("vectors").scores(0, 0.9).build(),
                    Pools.document("both").scores(5, 0.9).build())))
        .containsExactly("both", "vectors", "words", "neither");
  }

  @Test
  void whereACodeIsAskedForWordsWeighMoreThanVectors() {
    List<Candidate> pool =
        List.of(
            Pools.document("words").scores(5, 0.1).build(),
            Pools.document("vectors").scores(0, 0.9).build());
    assertThat(ids(Pools.plan().cues(QuestionCues.of("Why INC-2003?", ASKED)).fuse(pool)))
        .containsExactly("words", "vectors");
    assertThat(ids(Pools.plan().cues(QuestionCues.of("Why so?", ASKED)).fuse(pool)))
        .containsExactly("vectors", "words");
  }

  @Test
  void whatNamesTheTimeThatIsAskedForFitsAsWhatIsOfThatTime() {
    QuestionCues cues = QuestionCues.of("What happened on 8 May 2023?", ASKED);
    List<Candidate> pool =
        List.of(
            Pools.document("other").scores(5, 0.9).build(),
            Pools.document("named").scores(1, 0.5).namesTime().build());
    assertThat(ids(Pools.plan().cues(cues).fuse(pool))).containsExactly("named", "other");
  }

  @Test
  void aTieIsBrokenByTheLowerId() {
    assertThat(
            order(
                List.of(
                    Pools.document("c").build(),
                    Pools.document("a").build(),
                    Pools.document("b").build())))
        .containsExactly("a", "b", "c");
  }

  @Test
  void asManyHitsAsWantedComeBack() {
    List<Candidate> pool = Pools.random(new SplittableRandom(1));
    assertThat(Fusion.fuse(pool, Pools.plan().build(), 3)).hasSize(3);
    assertThat(Fusion.fuse(pool, Pools.plan().build(), 1_000)).hasSameSizeAs(pool);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOrderOfTheCandidatesAndTheirShardsDoNotMatter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> pool = Pools.random(random);
    FusionPlan plan = plan(random);
    List<Fused> whole = Fusion.fuse(pool, plan, 20);
    List<Candidate> sharded = new ArrayList<>(pool);
    sharded.addAll(pool.subList(0, random.nextInt(pool.size()))); // some are answered twice
    Collections.shuffle(sharded, Random.from(random));
    assertThat(Fusion.fuse(sharded, plan, 20)).isEqualTo(whole);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aHigherScoreNeverSetsACandidateBack(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> pool = Pools.random(random);
    FusionPlan plan =
        Pools.plan()
            .vectorWeight(random.nextInt(5) / 4.0)
            .neighborhood(random.nextBoolean())
            .build();
    for (int i = 0; i < 5; i++) {
      int at = random.nextInt(pool.size());
      Candidate one = pool.get(at);
      double more = random.nextDouble() * (random.nextBoolean() ? 1 : 0.01);
      List<Candidate> byWords =
          Pools.with(pool, at, c -> Pools.scored(c, c.bm25() + 8 * more, c.similarity()));
      List<Candidate> byVector =
          Pools.with(pool, at, c -> Pools.scored(c, c.bm25(), c.similarity() + more));
      assertThat(ahead(one, pool, plan)).containsAll(ahead(one, byWords, plan));
      assertThat(ahead(one, pool, plan)).containsAll(ahead(one, byVector, plan));
    }
  }

  /** The ids of those whose relevance is higher, by more than rounding makes it. */
  private static Set<String> ahead(Candidate one, List<Candidate> pool, FusionPlan plan) {
    Map<String, Double> relevance = relevance(pool, plan);
    Set<String> ahead = new HashSet<>(relevance.keySet());
    double own = relevance.getOrDefault(one.id(), 0.0);
    ahead.removeIf(id -> relevance.getOrDefault(id, 0.0) <= own + 1e-12);
    return ahead;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theUnitOfTheScoresDoesNotMatter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> pool = Pools.random(random);
    FusionPlan plan = Pools.plan().leastSpan(0).build();
    double factor = 100 * random.nextDouble();
    double shift = random.nextDouble() - 0.5;
    List<Candidate> other =
        pool.stream()
            .map(c -> Pools.scored(c, factor * c.bm25(), shift + factor * c.similarity()))
            .toList();
    Map<String, Double> expected = relevance(pool, plan);
    relevance(other, plan)
        .forEach((id, value) -> assertThat(value).isCloseTo(expected.get(id), within(1e-9)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSharesSumToTheRelevance(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> pool = Pools.random(random);
    for (Fused fused : Fusion.fuse(pool, plan(random), 10)) {
      double sum = fused.accounts().stream().mapToDouble(Fused.Account::share).sum();
      assertThat(fused.relevance()).isCloseTo(sum, within(1e-12)).isBetween(0.0, 1.0 + 1e-12);
    }
  }

  @Test
  void aTurnGainsByTheWordsOfTheTurnsAroundIt() {
    List<Candidate> pool =
        List.of(
            Pools.turn(1).scores(4, 0.5).build(),
            Pools.turn(2).scores(0, 0.5).build(),
            Pools.turn(7).session("far").scores(0, 0.5).build());
    assertThat(order(pool)).containsExactly("t001", "t002", "t007");
    Fused near = Pools.plan().fuse(pool).get(1);
    assertThat(raw(near, Signal.LEXICAL)).isZero();
    assertThat(raw(near, Signal.LEXICAL_NEIGHBORS)).isEqualTo(0.3 * 4);
    assertThat(raw(near, Signal.LEXICAL_SESSION)).isEqualTo(4);
  }

  @Test
  void anAnswerGainsMoreThanAStatementByTheTurnBeforeIt() {
    int asks = TextTraits.of("Melanie: Where did you go?");
    List<Candidate> pool =
        List.of(
            Pools.turn(1).scores(4, 0.5).traits(asks).build(),
            Pools.turn(2).scores(0, 0.5).build());
    Fused answer = find("t002", Pools.plan().fuse(pool));
    assertThat(raw(answer, Signal.LEXICAL_NEIGHBORS)).isCloseTo((0.3 + 0.5) * 4, within(1e-9));
  }

  @Test
  void aTurnGainsByTheVectorsOfTheTurnsAroundIt() {
    List<Candidate> pool =
        List.of(
            Pools.turn(1).scores(0, 0.9).build(),
            Pools.turn(2).scores(0, 0.5).build(),
            Pools.turn(9).session("far").scores(0, 0.5).build());
    assertThat(order(pool)).containsExactly("t001", "t002", "t009");
    List<Fused> fused = Pools.plan().fuse(pool);
    assertThat(raw(find("t002", fused), Signal.DENSE_NEIGHBORS))
        .isCloseTo((0.5 + 0.5 * 0.9 + 0.3 * 0.5) / 1.8, within(1e-12));
    assertThat(raw(find("t009", fused), Signal.DENSE_NEIGHBORS)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theContextCountsOnlyWhenItIsWantedAndThere() {
    List<Candidate> turns =
        List.of(Pools.turn(1).scores(4, 0.5).build(), Pools.turn(2).scores(0, 0.5).build());
    assertThat(signals(Pools.plan().fuse(turns))).contains(Signal.LEXICAL_NEIGHBORS);
    assertThat(signals(Pools.plan().neighborhood(false).fuse(turns)))
        .contains(Signal.LEXICAL, Signal.DENSE)
        .doesNotContain(Signal.LEXICAL_NEIGHBORS, Signal.LEXICAL_SESSION)
        .doesNotContain(Signal.DENSE_NEIGHBORS, Signal.DENSE_SESSION);
    assertThat(signals(Pools.plan().fuse(List.of(Pools.document("d").build()))))
        .containsExactly(Signal.LEXICAL, Signal.DENSE);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void documentsAreOrderedByWordsAndVectorsAlone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> pool = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String ending = random.nextBoolean() ? "?" : ".";
      pool.add(
          Pools.document("d%02d".formatted(i))
              .traits(TextTraits.of("word ".repeat(random.nextInt(1, 200)) + ending))
              .scores(5 * random.nextDouble(), random.nextDouble())
              .build());
    }
    QuestionCues cues = QuestionCues.of("What does the paper by Smith say on flutter?", ASKED);
    assertThat(ids(Pools.plan().cues(cues).fuse(pool)))
        .isEqualTo(ids(Pools.plan().weights(FusionWeights.PLAIN).fuse(pool)));
  }

  @Test
  void theTimeThatTheQuestionNamesCounts() {
    QuestionCues cues = QuestionCues.of("What did she paint on 8 May 2023?", ASKED);
    long onTheDay = ZonedDateTime.parse("2023-05-08T10:00:00Z").toEpochSecond();
    List<Candidate> pool =
        List.of(
            Pools.document("a").build(),
            Pools.document("b").time(onTheDay).build(),
            Pools.document("c").time(onTheDay - 400 * 86_400L).build());
    assertThat(ids(Pools.plan().cues(cues).fuse(pool))).containsExactly("b", "a", "c");
    assertThat(order(pool)).containsExactly("a", "b", "c");
  }

  @Test
  void whoIsNamedCounts() {
    List<Candidate> pool =
        List.of(Pools.document("a").build(), Pools.document("b").named().build());
    assertThat(order(pool)).containsExactly("b", "a");
  }

  @Test
  void aTimeIsAnAnswerToWhen() {
    List<Candidate> pool =
        List.of(
            Pools.document("a").build(),
            Pools.document("b").traits(TextTraits.of("word ".repeat(100) + "yesterday")).build());
    QuestionCues when = QuestionCues.of("When was it?", ASKED);
    assertThat(ids(Pools.plan().cues(when).fuse(pool))).containsExactly("b", "a");
    assertThat(order(pool)).containsExactly("a", "b");
  }

  @Test
  void aTurnThatSaysMuchStandsBeforeOneThatSaysLittleOrAsks() {
    List<Candidate> pool =
        List.of(
            Pools.turn(1).traits(TextTraits.of("Caroline: Thanks!")).build(),
            Pools.turn(2).traits(TextTraits.of(LONG_TURN + "?")).build(),
            Pools.turn(3).traits(TextTraits.of(LONG_TURN)).build(),
            Pools.turn(4).traits(TextTraits.of(LONG_TURN + LONG_TURN)).build());
    assertThat(ids(Pools.plan().neighborhood(false).fuse(pool)))
        .containsExactly("t003", "t004", "t002", "t001");
  }

  @Test
  void aFactAmongFactsIsNoTurnThoughItBeginsAsOne() {
    List<Candidate> facts =
        List.of(
            Pools.document("key").traits(TextTraits.of("Password: hunter2")).build(),
            Pools.document("a").build(),
            Pools.document("b").build());
    assertThat(signals(Pools.plan().fuse(facts))).containsExactly(Signal.LEXICAL, Signal.DENSE);
    List<Candidate> talk =
        List.of(
            Pools.document("key").traits(TextTraits.of("Ann: It is hunter2")).build(),
            Pools.document("a").traits(TextTraits.of("Ben: Thanks!")).build(),
            Pools.document("b").build());
    assertThat(signals(Pools.plan().fuse(talk))).contains(Signal.STATEMENT, Signal.LENGTH);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void theVectorWeightDividesBetweenWordsAndVectors(Method method) {
    List<Candidate> pool =
        List.of(
            Pools.document("vectors").scores(1, 0.9).build(),
            Pools.document("words").scores(5, 0.1).build());
    assertThat(ids(Pools.plan().method(method).vectorWeight(0).fuse(pool)))
        .containsExactly("words", "vectors");
    assertThat(ids(Pools.plan().method(method).vectorWeight(1).fuse(pool)))
        .containsExactly("vectors", "words");
    assertThat(signals(Pools.plan().method(method).vectorWeight(1).fuse(pool)))
        .containsExactly(Signal.DENSE);
    assertThat(signals(Pools.plan().method(method).vectorWeight(0).fuse(pool)))
        .containsExactly(Signal.LEXICAL);
  }

  @Test
  void byRanksOnlyTheOrderOfTheScoresCounts() {
    List<Candidate> pool =
        List.of(
            Pools.document("a").scores(9, 0.2).build(),
            Pools.document("b").scores(1, 0.3).build(),
            Pools.document("c").scores(0, 0.4).build());
    List<Fused> fused = Pools.plan().method(Method.RRF).vectorWeight(0.5).fuse(pool);
    assertThat(find("a", fused).relevance())
        .isCloseTo(0.5 * 61 / 61 + 0.5 * 61 / 63, within(1e-12));
    assertThat(find("b", fused).relevance())
        .isCloseTo(0.5 * 61 / 62 + 0.5 * 61 / 62, within(1e-12));
    assertThat(find("c", fused).relevance()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void similaritiesThatHardlyDifferDoNotOutweighTheWords() {
    List<Candidate> pool =
        List.of(
            Pools.document("vectors").scores(2, 0.752).build(),
            Pools.document("words").scores(5, 0.750).build());
    assertThat(order(pool)).containsExactly("words", "vectors");
  }

  @Test
  void whatHasNoSessionIsNotLostAmongTurns() {
    List<Candidate> pool = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      pool.add(Pools.turn(i).scores(2, 0.5).traits(TextTraits.of(LONG_TURN)).build());
    }
    pool.add(Pools.document("fact").scores(4, 0.8).build());
    assertThat(order(pool)).startsWith("fact");
  }

  @Test
  void whatSeveralNamespacesHoldAlikeIsAHitOfOneOfThem() {
    List<Candidate> pool =
        List.of(
            Pools.document("a").scores(1, 0.1).contentHash(7).build(),
            Pools.document("b").scores(5, 0.9).contentHash(7).build(),
            Pools.document("a").namespace(1).scores(2, 0.2).contentHash(7).build(),
            Pools.document("c").scores(3, 0.5).contentHash(8).build(),
            Pools.document("d").build(),
            Pools.document("e").build());
    List<Fused> fused = Fusion.fuse(pool, Pools.plan().build(), 4);
    assertThat(ids(fused)).containsExactly("b", "c", "a", "d");
    assertThat(fused).filteredOn(one -> one.candidate().namespace() == 1).isEmpty();
    assertThat(fused.getFirst().folded())
        .extracting(Candidate::id, Candidate::namespace)
        .containsExactly(tuple("a", 1));
    assertThat(Fusion.fuse(pool, Pools.plan().build(), 1).getFirst().folded()).hasSize(1);
  }

  /** Whoever is first: a namespace with many copies does not lose its own to one of another. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void copiesInTwoNamespacesAreAsManyHitsAsOneOfThemHas(int first) {
    List<Candidate> pool = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      pool.add(Pools.document("many" + i).scores(5 - 4 * first, 0.5).contentHash(7).build());
    }
    pool.add(Pools.document("one").namespace(1).scores(1 + 4 * first, 0.5).contentHash(7).build());
    List<Fused> fused = Fusion.fuse(pool, Pools.plan().build(), 5);
    assertThat(fused).hasSize(3);
    assertThat(fused.getFirst().folded()).hasSize(1);
    assertThat(fused).filteredOn(one -> !one.folded().isEmpty()).hasSize(1);
  }

  /** The best of those that have nothing to do with the question is no match. */
  @ParameterizedTest
  @EnumSource(Method.class)
  void cosinesOfTwoModelsAreComparedByHowFarTheyStandOut(Method method) {
    List<Candidate> pool =
        List.of(
            Pools.document("near").scores(0, 0.70).build(),
            Pools.document("next").scores(0, 0.62).build(),
            Pools.document("far").scores(0, 0.78).namespace(1).build());
    Pools.PlanDraft plan =
        Pools.plan()
            .method(method)
            .spaces(0, 1)
            .unrelated(new Unrelated(0.4, 0.1), new Unrelated(0.75, 0.03));
    List<Fused> fused = plan.fuse(pool);
    assertThat(ids(fused)).containsExactly("near", "next", "far");
    assertThat(raw(fused.getLast(), Signal.DENSE)).isEqualTo(0.78);
    List<Candidate> better =
        Pools.with(pool, 2, one -> Pools.scored(one, 0, 0.85)); // stands out by more than any
    assertThat(ids(plan.fuse(better))).containsExactly("far", "near", "next");
  }

  @Test
  void similaritiesOfDifferentModelsAreNotCompared() {
    List<Candidate> pool =
        List.of(
            Pools.document("answer").scores(0, 0.5).build(),
            Pools.document("other").scores(0, 0.1).build(),
            Pools.document("far").namespace(1).scores(0, 0.81).build(),
            Pools.document("farther").namespace(1).scores(0, 0.8).build());
    assertThat(Pools.plan().fuse(pool))
        .first()
        .extracting(one -> one.candidate().id())
        .isEqualTo("far");
    List<Fused> apart = Pools.plan().spaces(0, 1).fuse(pool);
    assertThat(ids(apart)).containsExactly("answer", "far", "farther", "other");
  }

  @ParameterizedTest
  @EnumSource
  void whereNoVectorIsAskedTheWordsStandIn(Method method) {
    List<Candidate> pool =
        List.of(
            Pools.document("answer").scores(5, 0.9).build(),
            Pools.document("near").scores(4, 0.8).build(),
            Pools.document("far").scores(1, 0.2).build(),
            Pools.document("chance").namespace(1).scores(2, 0).build());
    for (double vectorWeight : new double[] {0, 0.5, 1}) {
      assertThat(
              ids(
                  Pools.plan()
                      .method(method)
                      .vectorWeight(vectorWeight)
                      .wordsAloneOfTheirs()
                      .fuse(pool)))
          .as("vector weight %s", vectorWeight)
          .containsExactly("answer", "near", "chance", "far");
    }
  }

  @Test
  void aNamespaceThatCountsLessFallsBehind() {
    List<Candidate> pool =
        List.of(
            Pools.document("mine").scores(3, 0.7).build(),
            Pools.document("theirs").namespace(1).scores(4, 0.8).build());
    assertThat(order(pool)).containsExactly("theirs", "mine");
    assertThat(ids(Pools.plan().namespaceWeights(1, 0.5).fuse(pool)))
        .containsExactly("mine", "theirs");
  }

  @Test
  void importanceDecidesBetweenEquals() {
    Standing important = new Standing(1, MemoryType.EPISODIC, Pools.NOW, false, 0);
    List<Candidate> pool =
        List.of(
            Pools.document("a").scores(2, 0.5).build(),
            Pools.document("b").scores(2, 0.5).standing(important).build());
    assertThat(order(pool)).containsExactly("a", "b");
    SmartScore smart = new SmartScore(0.1, 0, 0, 0, Duration.ofDays(30));
    assertThat(ids(Pools.plan().smart(smart).fuse(pool))).containsExactly("b", "a");
  }

  @Test
  void aPlanThatCannotBeFollowedIsRefused() {
    assertThatThrownBy(() -> Pools.plan().vectorWeight(1.1).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pools.plan().vectorWeight(Double.NaN).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pools.plan().leastSpan(-0.1).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pools.plan().namespaceWeights(-1, 1).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FusionWeights.Priors(-0.1, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pools.candidate("a").scores(-1, 0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pools.candidate("a").scores(0, Double.NaN).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FusionPlan plan(SplittableRandom random) {
    return Pools.plan()
        .method(random.nextBoolean() ? Method.MINMAX : Method.RRF)
        .vectorWeight(random.nextInt(5) / 4.0)
        .neighborhood(random.nextBoolean())
        .build();
  }

  private static Map<String, Double> relevance(List<Candidate> pool, FusionPlan plan) {
    Map<String, Double> relevance = new HashMap<>();
    for (Fused fused : Fusion.fuse(pool, plan, pool.size())) {
      relevance.put(fused.candidate().id(), fused.relevance());
    }
    return relevance;
  }

  private static List<String> order(List<Candidate> pool) {
    return ids(Pools.plan().fuse(pool));
  }

  private static List<String> ids(List<Fused> fused) {
    return fused.stream().map(one -> one.candidate().id()).toList();
  }

  private static Fused find(String id, List<Fused> fused) {
    return fused.stream().filter(one -> one.candidate().id().equals(id)).findFirst().orElseThrow();
  }

  private static List<Signal> signals(List<Fused> fused) {
    return fused.getFirst().accounts().stream().map(Fused.Account::signal).toList();
  }

  private static double raw(Fused fused, Signal signal) {
    return fused.accounts().stream()
        .filter(account -> account.signal() == signal)
        .findFirst()
        .orElseThrow()
        .raw();
  }
}
