package io.mnemogrid.node.grid.read;

import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.recall.Candidate;
import io.mnemogrid.node.recall.Fused;
import io.mnemogrid.node.recall.FusionPlan;
import io.mnemogrid.node.recall.SmartScore;
import io.mnemogrid.node.recall.Standing;
import java.util.HashMap;
import java.util.Map;

/** Hits as they are answered, and with their signals where these are to be explained. */
final class HitForm {
  private final RecallQuery query;
  private final FusionPlan plan;

  HitForm(RecallQuery query, FusionPlan plan) {
    this.query = query;
    this.plan = plan;
  }

  Hit hit(Memory memory, Ranked ranked) {
    Fused fused = ranked.fused();
    int source = fused.candidate().namespace();
    boolean byVector = query.sources().get(source).vector() != null;
    Map<String, Hit.Signal> signals = new HashMap<>(ranked.extra());
    if (query.options().explain()) {
      for (Fused.Account account : fused.accounts()) {
        signals.put(account.signal().lowerName(), signal(account.raw(), account.share()));
      }
      putFactors(fused.candidate(), signals);
    }
    return new Hit(
        memory,
        byVector ? Float.valueOf(similarity(fused.candidate())) : null,
        query.question() == null ? null : Float.valueOf((float) fused.candidate().bm25()),
        (float) fused.relevance(),
        (float) ranked.score(),
        signals,
        fused.folded().stream().map(this::copy).toList());
  }

  /** A cosine is within [-1, 1], and one of rounded numbers may be a little beyond. */
  private float similarity(Candidate candidate) {
    float similarity = (float) candidate.similarity();
    Namespace namespace = query.sources().get(candidate.namespace()).namespace();
    return namespace.distance() == Namespace.Distance.COSINE
        ? Math.clamp(similarity, -1, 1)
        : similarity;
  }

  private void putFactors(Candidate candidate, Map<String, Hit.Signal> factors) {
    Standing standing = candidate.standing();
    SmartScore.Moves moves = plan.smart().moves(standing, plan.now());
    factors.put("importance", signal(standing.importance(), moves.importance()));
    factors.put("recency", signal(moves.recent(), moves.recency()));
    factors.put("verified", signal(standing.verified() ? 1 : 0, moves.verified()));
    factors.put("feedback", signal(standing.feedback(), moves.feedback()));
    double weight = plan.namespaceWeights().get(candidate.namespace());
    factors.put("namespace_weight", signal(weight, weight));
  }

  private static Hit.Signal signal(double raw, double fused) {
    return new Hit.Signal((float) raw, (float) fused);
  }

  private Hit.Copy copy(Candidate candidate) {
    return new Hit.Copy(
        query.sources().get(candidate.namespace()).namespace().name(), candidate.id());
  }
}
