package io.mnemogrid.node.grid.read;

import io.mnemogrid.node.grid.member.Placement;
import io.mnemogrid.node.lexical.Analysis;
import io.mnemogrid.node.memory.Reranker;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RecallOptions;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.recall.FusionPlan;
import io.mnemogrid.node.recall.FusionWeights;
import io.mnemogrid.node.recall.SmartScore;
import io.mnemogrid.node.recall.question.QuestionCues;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Recalls over the members, through the member of this process. */
public final class Recall {
  /** Turns on each side of a hit that lend it score: none farther away has a weight. */
  static final int REACH = 4;

  private final FanOut fanOut;
  private final SmartScore smart;
  private final @Nullable Reranker reranker;
  private final InstantSource clock;

  public Recall(FanOut fanOut, SmartScore smart, @Nullable Reranker reranker, InstantSource clock) {
    this.fanOut = fanOut;
    this.smart = smart;
    this.reranker = reranker;
    this.clock = clock;
  }

  public CompletionStage<Recalled> recall(RecallQuery query, Placement placement) {
    Stages stages = new Stages();
    QuestionCues cues = cues(query);
    RecallOptions options = query.options();
    FusionPlan plan =
        new FusionPlan(
            switch (options.fusing()) {
              case MINMAX -> FusionPlan.Method.MINMAX;
              case RRF -> FusionPlan.Method.RRF;
            },
            vectorWeight(query),
            options.neighborhood(),
            REACH,
            spaces(query),
            cues,
            query.sources().stream().map(source -> (double) source.weight()).toList(),
            FusionWeights.DEFAULTS,
            options.scoring() == RecallOptions.Scoring.SMART ? smart : SmartScore.NONE,
            clock.instant().getEpochSecond());
    stages.end("analysis");
    Pooling pooling = new Pooling(fanOut, placement, query, cues, plan.now(), stages);
    return new Recalling(query, plan, pooling, reranker, stages).run();
  }

  private QuestionCues cues(RecallQuery query) {
    if (query.question() == null) {
      return QuestionCues.NONE;
    }
    QuestionCues cues = QuestionCues.of(query.question(), clock.instant().atZone(ZoneOffset.UTC));
    boolean maybeEnglish =
        query.sources().stream()
            .map(source -> source.namespace().language())
            .anyMatch(Set.of(Analysis.ENGLISH, Analysis.NEUTRAL)::contains);
    return maybeEnglish ? cues : cues.inAnyLanguage();
  }

  private static List<FusionPlan.Space> spaces(RecallQuery query) {
    List<Metric> known = new ArrayList<>();
    List<FusionPlan.Space> spaces = new ArrayList<>();
    for (RecallQuery.Source source : query.sources()) {
      if (source.vector() == null) {
        spaces.add(FusionPlan.Space.NONE);
        continue;
      }
      Metric metric = new Metric(source.namespace().model(), source.namespace().distance());
      if (!known.contains(metric)) {
        known.add(metric);
      }
      boolean cosines = metric.distance() == Namespace.Distance.COSINE;
      spaces.add(
          new FusionPlan.Space(
              known.indexOf(metric), cosines ? FusionPlan.COSINE_SPAN : 0, source.unrelated()));
    }
    return spaces;
  }

  /** What makes two similarities alike. */
  private record Metric(String model, Namespace.Distance distance) {}

  /** All to the one side there is, or what the query says. */
  private static @Nullable Double vectorWeight(RecallQuery query) {
    if (query.question() == null) {
      return 1.0;
    }
    if (!query.hasVectors()) {
      return 0.0;
    }
    Float wanted = query.options().vectorWeight();
    return wanted == null ? null : Double.valueOf(wanted);
  }
}
