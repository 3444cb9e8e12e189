package io.mnemogrid.node.grid.read;

import io.mnemogrid.node.model.Explanation;
import io.mnemogrid.node.model.RecallOptions;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.recall.Fused;
import io.mnemogrid.node.recall.FusionPlan;
import io.mnemogrid.node.recall.Signal;
import io.mnemogrid.node.recall.question.TimeCue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the answer to a question came about. */
final class Explaining {
  private final RecallQuery query;
  private final FusionPlan plan;
  private final Pooling pooling;

  Explaining(RecallQuery query, FusionPlan plan, Pooling pooling) {
    this.query = query;
    this.plan = plan;
    this.pooling = pooling;
  }

  /**
   * @param accounts of any hit, as the weights of all are the same; none where nothing was found
   */
  Explanation of(int iterations, boolean reranked, List<Fused.Account> accounts, Stages stages) {
    boolean words = query.question() != null;
    RecallOptions.Routing routing =
        words && query.hasVectors()
            ? RecallOptions.Routing.HYBRID
            : words ? RecallOptions.Routing.BM25 : RecallOptions.Routing.VECTOR;
    int asked = pooling.shardsAsked();
    return new Explanation(
        query.options(),
        routing,
        query.filter(),
        iterations,
        reranked,
        pooling.terms(),
        plan.cues().times().stream().map(Explaining::timeFound).toList(),
        plan.cues().timesAlone(),
        plan.cues().names(),
        weights(accounts),
        vectorWeight(accounts),
        asked,
        asked - pooling.missing().size(),
        pooling.candidates(),
        stages.micros());
  }

  private static Explanation.TimeFound timeFound(TimeCue cue) {
    return new Explanation.TimeFound(
        cue.text(),
        cue.from() == Long.MIN_VALUE ? null : Long.valueOf(cue.from()),
        cue.to() == Long.MAX_VALUE ? null : Long.valueOf(cue.to()),
        cue.grain().name().toLowerCase(Locale.ROOT),
        cue.everyYear());
  }

  private static Map<String, Float> weights(List<Fused.Account> accounts) {
    return accounts.stream()
        .collect(
            Collectors.toMap(
                account -> account.signal().lowerName(), account -> (float) account.weight()));
  }

  private static @Nullable Float vectorWeight(List<Fused.Account> accounts) {
    double vectors = weight(accounts, Signal::isOfVectors);
    double both = vectors + weight(accounts, Signal::isOfWords);
    return both > 0 ? Float.valueOf((float) (vectors / both)) : null;
  }

  private static double weight(List<Fused.Account> accounts, Predicate<Signal> which) {
    return accounts.stream()
        .filter(account -> which.test(account.signal()))
        .mapToDouble(Fused.Account::weight)
        .sum();
  }
}
