package io.mnemogrid.node.grid.read;

import io.mnemogrid.node.grid.shard.Found;
import io.mnemogrid.node.grid.wire.ReadAnswer;
import io.mnemogrid.node.grid.wire.ReadTarget;
import io.mnemogrid.node.grid.wire.ShardRead;
import io.mnemogrid.node.memory.Reranker;
import io.mnemogrid.node.model.Explanation;
import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.recall.Candidate;
import io.mnemogrid.node.recall.Feedback;
import io.mnemogrid.node.recall.Fused;
import io.mnemogrid.node.recall.Fusion;
import io.mnemogrid.node.recall.FusionPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One recall under way: what may answer is gathered, put in order, perhaps gathered again with what
 * was best, perhaps ordered anew by a model, and the best are fetched.
 */
public final class Recalling {
  private static final Logger LOG = LoggerFactory.getLogger(Recalling.class);

  /** Hits that another search takes for part of its question. */
  private static final int FEEDBACK_HITS = 3;

  /** A model reads this many at most: each costs it milliseconds. */
  private static final int MOST_RERANKED = 30;

  private final RecallQuery query;
  private final FusionPlan plan;
  private final Pooling pooling;
  private final @Nullable Reranker reranker;
  private final Stages stages;
  private final HitForm form;
  private List<Fused.Account> accounts = List.of();
  private int iterationsDone = 1;
  private boolean reranked;

  Recalling(
      RecallQuery query,
      FusionPlan plan,
      Pooling pooling,
      @Nullable Reranker reranker,
      Stages stages) {
    this.query = query;
    this.plan = plan;
    this.pooling = pooling;
    this.reranker = query.options().rerank() && query.text() != null ? reranker : null;
    this.stages = stages;
    this.form = new HitForm(query, plan);
  }

  CompletionStage<Recalled> run() {
    return search(query.sources(), query.options().iterations())
        .thenCompose(this::reranked)
        .thenCompose(this::fetch)
        .thenApply(hits -> {
          stages.end("fetch");
          return new Recalled(hits, pooling.missing(), stages.totalMicros(), explanation());
        });
  }

  private CompletionStage<List<Ranked>> search(List<RecallQuery.Source> sources, int iterations) {
    return pooling
        .gather(sources)
        .thenCompose(found -> {
          List<Ranked> best = fuse(found);
          accounts = best.isEmpty() ? List.of() : best.getFirst().fused().accounts();
          stages.end("fusion");
          if (best.size() < most() && pooling.widen()) {
            return search(sources, iterations); // copies in other namespaces have filled the pool
          }
          if (iterations == 1 || best.isEmpty() || !query.hasVectors()) {
            return CompletableFuture.completedStage(best);
          }
          iterationsDone++;
          return withFeedback(sources, best).thenCompose(moved -> search(moved, iterations - 1));
        });
  }

  private List<Ranked> fuse(List<Found> found) {
    List<Found> inOrder = inSessionOrder(found);
    List<Candidate> candidates = new ArrayList<>(inOrder.size());
    for (int place = 0; place < inOrder.size(); place++) {
      candidates.add(inOrder.get(place).candidate().at(place));
    }
    return Fusion.fuse(candidates, plan, most()).stream()
        .map(fused ->
            new Ranked(
                inOrder.get((int) fused.candidate().order()).shardKey(),
                fused,
                Map.of(),
                fused.score()))
        .toList();
  }

  private int most() {
    return reranker == null ? query.topK() : Math.max(query.topK(), MOST_RERANKED);
  }

  /** So that places in the list tell the order within each session. */
  private static List<Found> inSessionOrder(List<Found> found) {
    return found.stream()
        .sorted(
            Comparator.comparing(
                Found::candidate,
                Comparator.comparingLong(Candidate::time)
                    .thenComparingLong(Candidate::order)
                    .thenComparing(Candidate::id)))
        .toList();
  }

  /**
   * The sources with their vectors moved towards the best hits. Those that have one vector still
   * have one then, since they are searched as one.
   */
  private CompletionStage<List<RecallQuery.Source>> withFeedback(
      List<RecallQuery.Source> sources, List<Ranked> best) {
    CompletionStage<List<RecallQuery.Source>> moved = CompletableFuture.completedStage(sources);
    for (float[] vector : distinctVectors(sources)) {
      List<ShardRead.Wanted> towards =
          best.stream()
              .filter(ranked ->
                  Arrays.equals(
                      vector, sources.get(ranked.fused().candidate().namespace()).vector()))
              .limit(FEEDBACK_HITS)
              .map(Recalling::wanted)
              .toList();
      if (!towards.isEmpty()) {
        moved =
            moved.thenCompose(before ->
                pooling
                    .read(new ShardRead.Vectors(towards), targets(towards))
                    .thenApply(
                        answer -> moved(before, vector, Feedback.moved(vector, answer.vectors()))));
      }
    }
    return moved.thenApply(all -> {
      stages.end("feedback");
      return all;
    });
  }

  private static List<float[]> distinctVectors(List<RecallQuery.Source> sources) {
    List<float[]> distinct = new ArrayList<>();
    for (RecallQuery.Source source : sources) {
      float[] vector = source.vector();
      if (vector != null && distinct.stream().noneMatch(one -> Arrays.equals(one, vector))) {
        distinct.add(vector);
      }
    }
    return distinct;
  }

  private static List<RecallQuery.Source> moved(
      List<RecallQuery.Source> sources, float[] from, float[] to) {
    return sources.stream()
        .map(source -> Arrays.equals(from, source.vector()) ? source.withVector(to) : source)
        .toList();
  }

  private CompletionStage<List<Ranked>> reranked(List<Ranked> best) {
    Reranker model = reranker;
    String question = query.text();
    if (model == null || question == null || best.isEmpty()) {
      return CompletableFuture.completedStage(top(best));
    }
    List<Ranked> read = best.subList(0, Math.min(best.size(), MOST_RERANKED));
    return memories(read, false)
        .thenCompose(memories -> {
          List<Ranked> present =
              read.stream().filter(ranked -> memories.containsKey(wanted(ranked))).toList();
          List<String> texts =
              present.stream()
                  .map(ranked -> Objects.requireNonNull(memories.get(wanted(ranked))).content())
                  .toList();
          return model
              .score(question, texts)
              .thenApply(scores -> byModel(present, scores, best.subList(read.size(), best.size())))
              .exceptionally(failure -> unread(best, failure));
        })
        .thenApply(ordered -> {
          stages.end("rerank");
          return ordered;
        });
  }

  /**
   * An answer in the order of the search is worth more than none until the model is free, or well.
   */
  private List<Ranked> unread(List<Ranked> best, Throwable failure) {
    Throwable cause = Failures.unwrapped(failure);
    if (!(cause instanceof Refusal)) {
      LOG.warn("the reranker has failed; hits are in the order of the search", cause);
    }
    return top(best);
  }

  /** What the model has read comes first, in its order. */
  private List<Ranked> byModel(List<Ranked> read, float[] scores, List<Ranked> others) {
    reranked = true;
    List<Ranked> all = new ArrayList<>(read.size() + others.size());
    double highestOther = others.isEmpty() ? 0 : others.getFirst().score();
    for (int i = 0; i < read.size(); i++) {
      Ranked ranked = read.get(i);
      double probability = 1 / (1 + Math.exp(-scores[i]));
      all.add(
          new Ranked(
              ranked.shardKey(),
              ranked.fused(),
              Map.of("rerank", new Hit.Signal(scores[i], (float) probability)),
              Math.max(0, highestOther) + probability * weight(ranked.fused().candidate())));
    }
    all.sort(
        Comparator.comparingDouble(Ranked::score)
            .reversed()
            .thenComparing(ranked -> ranked.fused().candidate().id()));
    all.addAll(others);
    return top(all);
  }

  private List<Ranked> top(List<Ranked> ranked) {
    return ranked.size() > query.topK() ? ranked.subList(0, query.topK()) : ranked;
  }

  private double weight(Candidate candidate) {
    return plan.namespaceWeights().get(candidate.namespace());
  }

  /**
   * The memories of the hits; one forgotten, or changed so that it does not pass any more, is left
   * out.
   */
  private CompletionStage<List<Hit>> fetch(List<Ranked> best) {
    return memories(best, true)
        .thenApply(memories -> {
          List<Hit> hits = new ArrayList<>(best.size());
          for (Ranked ranked : best) {
            Memory memory = memories.get(wanted(ranked));
            if (memory != null) {
              hits.add(form.hit(memory, ranked));
            }
          }
          return hits;
        });
  }

  private CompletionStage<Map<ShardRead.Wanted, Memory>> memories(
      List<Ranked> ranked, boolean counts) {
    if (ranked.isEmpty()) {
      return CompletableFuture.completedStage(Map.of());
    }
    List<ShardRead.Wanted> wanted = ranked.stream().map(Recalling::wanted).toList();
    return pooling
        .read(new ShardRead.Fetch(wanted, query.filter(), counts), targets(wanted))
        .thenApply(answer -> {
          Map<ShardRead.Wanted, Memory> memories = new HashMap<>();
          for (ReadAnswer.Fetched fetched : answer.fetched()) {
            Memory memory = fetched.stored().toMemory(pooling.namespace(fetched.shardKey()));
            memories.put(new ShardRead.Wanted(fetched.shardKey(), memory.id()), memory);
          }
          return memories;
        });
  }

  private static ShardRead.Wanted wanted(Ranked ranked) {
    return new ShardRead.Wanted(ranked.shardKey(), ranked.fused().candidate().id());
  }

  private List<ReadTarget> targets(List<ShardRead.Wanted> wanted) {
    return wanted.stream().map(ShardRead.Wanted::shardKey).distinct().map(pooling::target).toList();
  }

  private @Nullable Explanation explanation() {
    return query.options().explain()
        ? new Explaining(query, plan, pooling).of(iterationsDone, reranked, accounts, stages)
        : null;
  }
}
