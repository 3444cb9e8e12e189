package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Unrelated;
import io.mnemogrid.node.recall.FusionPlan.Method;
import io.mnemogrid.node.recall.question.QuestionCues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Candidates and plans for tests: each says only what the test is about. */
final class Pools {
  static final long NOW = 1_800_000_000;
  static final int REACH = 4;

  static final Standing AVERAGE = new Standing(0.5f, MemoryType.EPISODIC, NOW, false, 0);

  private Pools() {}

  /** A candidate to be: proposed, of the session {@code s}, not similar and without a word. */
  static Draft candidate(String id) {
    return new Draft(id);
  }

  /** The turn of this number in the session {@code s}. */
  static Draft turn(int number) {
    return candidate("t%03d".formatted(number)).order(number);
  }

  /** A text of its own, longer than any turn. */
  static Draft document(String id) {
    return candidate(id).session(null).traits(TextTraits.of("word ".repeat(100)));
  }

  static final class Draft {
    private final String id;
    private int namespace;
    private boolean proposed = true;
    private double similarity;
    private double bm25;
    private @Nullable String session = "s";
    private long order;
    private long time = Candidate.NO_TIME;
    private int traits;
    private boolean named;
    private boolean namesTime;
    private long contentHash;
    private Standing standing = AVERAGE;

    private Draft(String id) {
      this.id = id;
    }

    Draft namespace(int value) {
      namespace = value;
      return this;
    }

    Draft proposed(boolean value) {
      proposed = value;
      return this;
    }

    Draft scores(double bm25Score, double cosine) {
      bm25 = bm25Score;
      similarity = cosine;
      return this;
    }

    Draft session(@Nullable String value) {
      session = value;
      return this;
    }

    Draft order(long value) {
      order = value;
      return this;
    }

    Draft time(long value) {
      time = value;
      return this;
    }

    Draft traits(int value) {
      traits = value;
      return this;
    }

    Draft named() {
      named = true;
      return this;
    }

    Draft namesTime() {
      namesTime = true;
      return this;
    }

    Draft contentHash(long value) {
      contentHash = value;
      return this;
    }

    Draft standing(Standing value) {
      standing = value;
      return this;
    }

    Candidate build() {
      return new Candidate(
          id,
          namespace,
          proposed,
          similarity,
          bm25,
          session,
          order,
          time,
          traits,
          named,
          namesTime,
          contentHash,
          standing);
    }
  }

  /** With other raw scores. */
  static Candidate scored(Candidate candidate, double bm25, double similarity) {
    return new Candidate(
        candidate.id(),
        candidate.namespace(),
        candidate.proposed(),
        similarity,
        bm25,
        candidate.session(),
        candidate.order(),
        candidate.time(),
        candidate.traits(),
        candidate.named(),
        candidate.namesTime(),
        candidate.contentHash(),
        candidate.standing());
  }

  static List<Candidate> with(List<Candidate> pool, int at, UnaryOperator<Candidate> change) {
    List<Candidate> changed = new ArrayList<>(pool);
    changed.set(at, change.apply(pool.get(at)));
    return changed;
  }

  /** Turns of a few sessions and texts without one, in two namespaces. */
  static List<Candidate> random(SplittableRandom random) {
    List<Candidate> pool = new ArrayList<>();
    int size = random.nextInt(1, 80);
    for (int i = 0; i < size; i++) {
      int session = random.nextInt(5);
      pool.add(
          candidate("m%03d".formatted(i))
              .namespace(random.nextInt(2))
              .proposed(random.nextInt(3) > 0)
              .scores(random.nextInt(3) == 0 ? 0 : 8 * random.nextDouble(), random.nextDouble())
              .session(session == 0 ? null : "s" + session)
              .order(random.nextInt(60))
              .time(random.nextBoolean() ? Candidate.NO_TIME : random.nextLong(NOW))
              .traits(random.nextInt(1 << 11))
              .standing(standing(random))
              .build());
    }
    return pool;
  }

  private static Standing standing(SplittableRandom random) {
    MemoryType[] types = MemoryType.values();
    return new Standing(
        random.nextInt(5) / 4f,
        types[random.nextInt(types.length)],
        random.nextLong(NOW),
        random.nextBoolean(),
        random.nextInt(-2, 3) / 4f);
  }

  /** A plan to be: with the defaults, for no question in particular, over two namespaces. */
  static PlanDraft plan() {
    return new PlanDraft();
  }

  static final class PlanDraft {
    private Method method = Method.MINMAX;
    private @Nullable Double vectorWeight;
    private boolean neighborhood = true;
    private double leastSpan = FusionPlan.COSINE_SPAN;
    private List<Integer> spaces = List.of(0, 0);
    private Map<Integer, Unrelated> unrelated = Map.of();
    private QuestionCues cues = QuestionCues.NONE;
    private List<Double> namespaceWeights = List.of(1.0, 1.0);
    private FusionWeights weights = FusionWeights.DEFAULTS;
    private SmartScore smart = SmartScore.NONE;

    PlanDraft method(Method value) {
      method = value;
      return this;
    }

    PlanDraft vectorWeight(double value) {
      vectorWeight = value;
      return this;
    }

    PlanDraft neighborhood(boolean value) {
      neighborhood = value;
      return this;
    }

    PlanDraft leastSpan(double value) {
      leastSpan = value;
      return this;
    }

    /** Has the second namespace be asked by words alone. */
    PlanDraft wordsAloneOfTheirs() {
      return spaces(0, FusionPlan.Space.NONE.number());
    }

    PlanDraft spaces(int mine, int theirs) {
      spaces = List.of(mine, theirs);
      return this;
    }

    /** What is known of the two spaces. */
    PlanDraft unrelated(Unrelated mine, Unrelated theirs) {
      unrelated = Map.of(0, mine, 1, theirs);
      return this;
    }

    PlanDraft cues(QuestionCues value) {
      cues = value;
      return this;
    }

    PlanDraft namespaceWeights(double mine, double theirs) {
      namespaceWeights = List.of(mine, theirs);
      return this;
    }

    PlanDraft weights(FusionWeights value) {
      weights = value;
      return this;
    }

    PlanDraft smart(SmartScore value) {
      smart = value;
      return this;
    }

    FusionPlan build() {
      return new FusionPlan(
          method,
          vectorWeight,
          neighborhood,
          REACH,
          spaces.stream().map(this::space).toList(),
          cues,
          namespaceWeights,
          weights,
          smart,
          NOW);
    }

    private FusionPlan.Space space(int number) {
      return number == FusionPlan.Space.NONE.number()
          ? FusionPlan.Space.NONE
          : new FusionPlan.Space(number, leastSpan, unrelated.get(number));
    }

    List<Fused> fuse(List<Candidate> pool) {
      return Fusion.fuse(pool, build(), pool.size());
    }
  }
}
