package io.mnemogrid.node.grid;

import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.recall.Ranking;
import io.mnemogrid.node.recall.SmartScore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recall over the members: first the candidates of all shards, merged and ordered; then the
 * memories of the best of them, from their owners.
 */
final class Recall {
  private final FanOut fanOut;
  private final SmartScore smart;
  private final InstantSource clock;

  Recall(FanOut fanOut, SmartScore smart, InstantSource clock) {
    this.fanOut = fanOut;
    this.smart = smart;
    this.clock = clock;
  }

  CompletionStage<Recalled> recall(RecallQuery query, Placement placement) {
    long startNanos = System.nanoTime();
    SmartScore score = query.scoring() == RecallQuery.Scoring.SMART ? smart : SmartScore.NONE;
    int candidates = score.candidatesFor(query.topK());
    return fanOut
        .gather(
            new ShardRead.Search(query.vector(), candidates, query.filter()),
            placement.targets(query.namespace()),
            candidates)
        .thenCompose(gathered -> {
          List<Ranking.Ranked> best =
              Ranking.best(
                  gathered.answer().candidates(),
                  score,
                  query.topK(),
                  clock.instant().getEpochSecond());
          List<Integer> missing =
              Stream.concat(gathered.missing().stream(), gathered.answer().shorts().stream())
                  .map(ReadTarget::shard)
                  .sorted()
                  .toList();
          return fetch(query.namespace(), best, placement)
              .thenApply(hits ->
                  new Recalled(
                      hits,
                      missing,
                      gathered.answer().considered(),
                      TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startNanos)));
        });
  }

  /** The memories of the hits; one forgotten since it was found is left out. */
  private CompletionStage<List<Hit>> fetch(
      Namespace namespace, List<Ranking.Ranked> best, Placement placement) {
    if (best.isEmpty()) {
      return CompletableFuture.completedStage(List.of());
    }
    List<String> ids = best.stream().map(ranked -> ranked.found().id()).toList();
    List<ReadTarget> targets =
        best.stream()
            .map(ranked -> ranked.found().shard())
            .distinct()
            .map(shard -> placement.target(ShardSpec.of(namespace, shard)))
            .toList();
    return fanOut
        .gatherAll(new ShardRead.Fetch(ids), targets)
        .thenApply(answer -> {
          Map<String, Memory> byId = new HashMap<>();
          for (StoredRecord stored : answer.records()) {
            Memory memory = stored.toMemory(namespace);
            byId.put(memory.id(), memory);
          }
          List<Hit> hits = new ArrayList<>(best.size());
          for (Ranking.Ranked ranked : best) {
            @Nullable Memory memory = byId.get(ranked.found().id());
            if (memory != null) {
              hits.add(new Hit(memory, ranked.found().similarity(), ranked.smartScore()));
            }
          }
          return hits;
        });
  }
}
